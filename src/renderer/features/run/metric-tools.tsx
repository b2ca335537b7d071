import { type MetricView, smoothingChoices } from '../../app/chart-settings.ts';
import { fixed } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';

export interface MetricToolsProps {
  readonly title: string;
  readonly view: MetricView;
  readonly onChange: (change: Partial<MetricView>) => void;
  /** Few points need no smoothing. */
  readonly smoothing?: 'offered' | 'none';
}

/** Smoothing and scale of one metric. */
export function MetricTools({ title, view, onChange, smoothing = 'offered' }: MetricToolsProps) {
  const words = view.smoothing > 0 ? `Smoothing ${fixed(view.smoothing, 2)}` : 'Smoothing off';
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" look="quiet">
          <span className="sr-only">{title}: </span>
          {smoothing === 'offered' ? words : view.scale === 'log' ? 'Log scale' : 'Linear scale'}
        </Button>
      }
      entries={[
        ...(smoothing === 'offered'
          ? [
              {
                kind: 'choice' as const,
                label: 'Smoothing (moving average)',
                value: String(view.smoothing),
                options: smoothingChoices.map((weight) => ({
                  value: String(weight),
                  label: weight === 0 ? 'Off' : `${fixed(weight, 2)}, raw shown`,
                })),
                act: (value: string) => onChange({ smoothing: Number(value) }),
              },
              { kind: 'line' as const },
            ]
          : []),
        {
          kind: 'check',
          label: 'Log scale',
          checked: view.scale === 'log',
          act: (on) => onChange({ scale: on ? 'log' : 'linear' }),
        },
      ]}
    />
  );
}
