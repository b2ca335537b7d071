import type { MetricInfo } from '../../../shared/metrics/catalog.ts';
import { fixed } from '../../app/format.ts';
import { Checkbox, Segmented } from '../../ui/choices.tsx';
import { Select } from '../../ui/select.tsx';
import { Slider } from '../../ui/slider.tsx';
import { axisWords, type HorizontalAxis } from './axis.ts';
import type { Grouping } from './groups.ts';
import type { CompareView } from './use-compare-view.ts';

export interface CompareToolbarProps {
  readonly view: CompareView;
  readonly metric: MetricInfo;
  readonly metrics: readonly MetricInfo[];
  readonly grouping: Grouping;
  readonly onChange: (change: Partial<CompareView>) => void;
}

const axes = (Object.keys(axisWords) as HorizontalAxis[]).map((value) => ({ value, label: axisWords[value] }));
const groupings = [
  { value: 'all-but-seed', label: 'All but seed' },
  { value: 'run', label: 'Each run' },
] as const;
const bands = [
  { value: 'ci95', label: '95 % CI' },
  { value: 'none', label: 'None' },
] as const;

/** Metric, horizontal axis, grouping, band, smoothing, scales. */
export function CompareToolbar({ view, metric, metrics, grouping, onChange }: CompareToolbarProps) {
  const smoothing = view.smoothing[metric.key] ?? 0;
  const onOff = (key: 'logX' | 'logY' | 'patterns', label: string) => (
    <Checkbox label={label} checked={view[key] === 'on'} onChange={(on) => onChange({ [key]: on ? 'on' : 'off' })} />
  );
  return (
    <div className="bar compare-bar" role="toolbar" aria-label="How to draw" data-region="Toolbar">
      <Select
        look="button"
        label="Metric"
        value={metric.key}
        options={metrics.map(({ key, label }) => ({ value: key, label }))}
        onChange={(key) => onChange({ metric: key })}
      />
      <Segmented label="Horizontal axis" value={view.axis} options={axes} onChange={(axis) => onChange({ axis })} />
      <Select
        look="button"
        prefix="Group"
        label="Group"
        value={grouping}
        options={groupings}
        onChange={(value) => onChange({ grouping: value })}
      />
      <Select
        look="button"
        prefix="Band"
        label="Band"
        value={view.band}
        options={bands}
        onChange={(band) => onChange({ band })}
      />
      <span className="sep" />
      <span className="t12 soft">Smoothing</span>
      <Slider
        label="Smoothing"
        value={smoothing}
        min={0}
        max={0.99}
        step={0.01}
        text={smoothing === 0 ? 'off' : `EMA ${fixed(smoothing, 2)}`}
        onChange={(value) => onChange({ smoothing: { ...view.smoothing, [metric.key]: value } })}
      />
      <span className="t12 num smoothing-value">{smoothing === 0 ? 'off' : fixed(smoothing, 2)}</span>
      {onOff('logX', 'Log x')}
      {onOff('logY', 'Log y')}
      {onOff('patterns', 'Patterns')}
    </div>
  );
}
