import { Select as Base } from '@base-ui/react/select';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { useRequest } from '../../app/core.ts';
import { count } from '../../app/format.ts';
import { Icon } from '../../ui/icon.tsx';

export interface DatasetFieldProps {
  readonly id: string;
  /** Name or id of a dataset. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  /** What the task needs. */
  readonly kind: Exclude<DatasetSummary['kind'], 'generated'>;
}

const icons = {
  'image-classes': 'image',
  'text-classes': 'text',
  'table-classes': 'table',
  'audio-classes': 'audio',
} as const;
const nouns = { 'text-classes': 'texts', 'table-classes': 'rows', 'audio-classes': 'clips' } as const;

/** "1,623 classes · 28 × 28", or "2 labels · 5,546 texts" */
const factsOf = ({ kind, classes, examples, layout }: DatasetSummary): string =>
  kind === 'image-classes' || kind === 'generated'
    ? `${count(classes)} classes${layout ? ` · ${layout.width} × ${layout.height}` : ''}`
    : `${count(classes)} labels · ${count(examples)} ${nouns[kind]}`;

/** The datasets of the library of one kind. One that is named but not there is shown as such, never replaced. */
export function DatasetField({ id, value, onChange, invalid, describedBy, kind: wanted }: DatasetFieldProps) {
  const list = useRequest('datasets.list', null, { refreshOn: ['dataset.changed', 'dataset.removed'] });
  const datasets = (list.value ?? []).filter(({ kind }) => kind === wanted);
  const current = datasets.find((dataset) => dataset.name === value || dataset.id === value);
  return (
    <Base.Root value={current?.name ?? value} onValueChange={(next) => next !== null && onChange(next)}>
      <Base.Trigger id={id} className="in ds" aria-invalid={invalid || undefined} aria-describedby={describedBy}>
        <Icon name={current ? icons[wanted] : 'alert'} />
        <span className="grow">
          <b className="trunc">{current?.name ?? value}</b>
          <span className="muted t11">
            {current ? factsOf(current) : list.state === 'ready' ? 'not in the library' : 'looking it up'}
          </span>
        </span>
        {current && <span className="mono muted t11">{current.sha256.slice(0, 8)}</span>}
        <Icon name="down" small />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="layer" sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className="menu">
            <Base.List>
              {datasets.map((dataset) => (
                <Base.Item key={dataset.id} value={dataset.name} className="menu-item">
                  <span className="menu-check">
                    <Base.ItemIndicator>
                      <Icon name="check" small />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText>{dataset.name}</Base.ItemText>
                  <span className="menu-note">
                    {dataset.state === 'ready' ? factsOf(dataset) : 'cannot be used, see Datasets'}
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
