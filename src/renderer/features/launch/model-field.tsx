import { useRequest } from '../../app/core.ts';
import { Select } from '../../ui/select.tsx';

export interface ModelFieldProps {
  readonly id: string;
  /** Name or id of a model; empty while none is chosen. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
}

/** The models of the library. One that is named but not there stays shown by its name. */
export function ModelField({ id, value, onChange, invalid, describedBy }: ModelFieldProps) {
  const list = useRequest('models.list', null, { refreshOn: ['model.changed', 'model.removed'] });
  const models = list.value ?? [];
  const current = models.find((model) => model.name === value || model.id === value);
  const names = models.map(({ name }) => ({ value: name, label: name }));
  const unknown = current || value === '' ? [] : [{ value, label: `${value} (not in the library)` }];
  const none =
    value === '' ? [{ value: '', label: models.length === 0 ? 'Import one under Models' : 'Choose a model' }] : [];
  return (
    <Select
      id={id}
      value={current?.name ?? value}
      options={[...none, ...unknown, ...names]}
      onChange={onChange}
      invalid={invalid}
      {...(describedBy === undefined ? {} : { describedBy })}
    />
  );
}
