import { useId, useState } from 'react';
import type { TableColumn } from '../../../shared/datasets/table.ts';
import { count } from '../../app/format.ts';
import { Select } from '../../ui/select.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { columnHint, columnsNamed, type RowValues, valueProblem } from './row-values.ts';

export interface RowFormProps {
  readonly columns: readonly TableColumn[];
  readonly values: RowValues;
  readonly onChange: (values: RowValues) => void;
  readonly ready: boolean;
}

/** More columns than these are searched by name. */
const searchedFrom = 12;

/** A field for each column of a table; an empty one is a missing value. */
export function RowForm({ columns, values, onChange, ready }: RowFormProps) {
  const [search, setSearch] = useState('');
  const shown = columnsNamed(columns, search);
  return (
    <div className="row-form">
      {columns.length > searchedFrom && (
        <TextInput
          value={search}
          onChange={setSearch}
          aria-label="Find a column"
          placeholder={`Find one of ${count(columns.length)} columns`}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section className="row-fields" tabIndex={0} aria-label="Values of the row">
        {shown.map((column) => (
          <ColumnField
            key={column.name}
            column={column}
            value={values[column.name] ?? ''}
            onChange={(value) => onChange({ ...values, [column.name]: value })}
            ready={ready}
          />
        ))}
        {shown.length === 0 && <p className="muted t11">No column is called that.</p>}
      </section>
    </div>
  );
}

interface FieldProps {
  readonly column: TableColumn;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ready: boolean;
}

const missing = 'missing';

function ColumnField({ column, value, onChange, ready }: FieldProps) {
  const id = useId();
  const problem = valueProblem(column, value);
  return (
    <div className="row-field">
      <label htmlFor={id} className="trunc" title={column.name}>
        {column.name}
      </label>
      {column.kind === 'number' ? (
        <TextInput
          id={id}
          inputMode="decimal"
          className="num"
          value={value}
          onChange={onChange}
          placeholder="missing"
          invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          disabled={!ready}
        />
      ) : (
        <Select
          id={id}
          value={value === '' ? missing : `=${value}`}
          options={[
            { value: missing, label: '(missing)' },
            ...categoriesWith(column.categories, value).map((name) => ({ value: `=${name}`, label: name })),
          ]}
          onChange={(chosen) => onChange(chosen === missing ? '' : chosen.slice(1))}
          describedBy={`${id}-hint`}
          disabled={!ready}
        />
      )}
      <span id={`${id}-hint`} className={problem ? 'danger-text t11' : 'muted t11 num'}>
        {problem ?? columnHint(column)}
      </span>
    </div>
  );
}

/** A value of a row that training never saw stays to be seen in the list. */
const categoriesWith = (categories: readonly string[], value: string): readonly string[] =>
  value === '' || categories.includes(value) ? categories : [...categories, value];
