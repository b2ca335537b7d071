import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { bytes, fixed, unknown } from '../../app/format.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { Panel } from '../../ui/page.tsx';
import type { LiveSeriesSet } from './use-series.ts';

export const systemKeys = ['system/cpu-percent', 'system/memory-mb', 'time/iterations-per-second'] as const;

const rows: readonly { readonly key: string; readonly label: string; readonly text: (value: number) => string }[] = [
  { key: 'system/cpu-percent', label: 'CPU of the trainer', text: (value) => `${fixed(value, 0)} %` },
  { key: 'system/memory-mb', label: 'Memory', text: (value) => bytes(value * 1e6) },
  { key: 'time/iterations-per-second', label: 'Speed', text: (value) => `${fixed(value, value >= 100 ? 0 : 1)} it/s` },
];

const shown = 60;

/** What the trainer used of the machine, as small lines. */
export function SystemPanel({ run, series }: { readonly run: RunSummary; readonly series: LiveSeriesSet }) {
  return (
    <Panel title="System" sub={isActive(run.state) ? `last ${shown} readings` : `last ${shown} readings of the run`}>
      <ul className="sys">
        {rows.map(({ key, label, text }) => {
          const values = series.byKey.get(key)?.values ?? [];
          const last = values[values.length - 1];
          return (
            <li key={key}>
              <span>{label}</span>
              <Sparkline values={values.slice(-shown)} width={92} />
              <b>{last === undefined ? unknown : text(last)}</b>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
