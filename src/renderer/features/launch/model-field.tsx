import { fromScratch } from '../../../shared/run-config/start-model.ts';
import { useRequest } from '../../app/core.ts';
import { Select } from '../../ui/select.tsx';

export interface ModelFieldProps {
  readonly id: string;
  /** Name or id of a model; empty while none is chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  /** Encoders of texts, or networks of images, of which a run can do without one. */
  readonly kind: 'encoder' | 'network';
}

/** The models of the library of one kind. One that is named but not there stays shown by its name. */
export function ModelField({ id, value, onChange, invalid, describedBy, kind }: ModelFieldProps) {
  const list = useRequest('models.list', null, { refreshOn: ['model.changed', 'model.removed'] });
  const models = (list.value ?? []).filter((model) => model.kind === kind);
  const current = models.find((model) => model.name === value || model.id === value);
  const scratch = kind === 'network' ? [{ value: fromScratch, label: 'From scratch' }] : [];
  const names = models.map(({ name }) => ({ value: name, label: name }));
  const unknown =
    current || value === '' || (kind === 'network' && value === fromScratch)
      ? []
      : [{ value, label: `${value} (not in the library)` }];
  const none =
    value === '' ? [{ value: '', label: models.length === 0 ? 'Import one under Models' : 'Choose a model' }] : [];
  return (
    <Select
      id={id}
      value={current?.name ?? value}
      options={[...none, ...unknown, ...scratch, ...names]}
      onChange={onChange}
      invalid={invalid}
      {...(describedBy === undefined ? {} : { describedBy })}
    />
  );
}
