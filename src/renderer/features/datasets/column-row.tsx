import { useId } from 'react';
import type { TextEncodingChoice } from '../../../shared/datasets/text-encoding.ts';
import { encodingName, textEncodingChoiceSchema, textEncodings } from '../../../shared/datasets/text-encoding.ts';
import { plural } from '../../app/format.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Select } from '../../ui/select.tsx';
import { Row } from './form-rows.tsx';

/** Rows of the import forms of tables, whatever they hold. */

export interface ColumnRowProps {
  readonly label: string;
  readonly value: string | null;
  readonly columns: readonly { readonly name: string; readonly distinct: number }[];
  /** What no column is called, where there may be none. */
  readonly none?: string;
  readonly onChange: (column: string | null) => void;
}

/** Chooses a column of the source by name. */
export function ColumnRow({ label, value, columns, none, onChange }: ColumnRowProps) {
  const id = useId();
  const options = columns.map(({ name, distinct }) => ({
    value: `c ${name}`,
    label: name,
    note: distinct >= 1000 ? 'many values' : plural(distinct, 'value'),
  }));
  return (
    <div className="f">
      <label htmlFor={id}>{label}</label>
      <div className="ctl">
        <Select
          id={id}
          className="column"
          value={value === null ? (none === undefined ? null : 'none') : `c ${value}`}
          options={none === undefined ? options : [{ value: 'none', label: none }, ...options]}
          onChange={(chosen) => onChange(chosen === 'none' ? null : chosen.slice(2))}
        />
      </div>
    </div>
  );
}

const headers = [
  { value: 'yes', label: 'Names the columns' },
  { value: 'no', label: 'Is data' },
] as const;

interface HeaderRowProps {
  readonly value: 'yes' | 'no';
  readonly onChange: (header: 'yes' | 'no') => void;
}

export const HeaderRow = ({ value, onChange }: HeaderRowProps) => (
  <Row label="First line">
    <Segmented label="First line" value={value} options={headers} onChange={onChange} />
  </Row>
);

const encodings = [
  { value: 'auto', label: 'Found out', note: 'UTF-8, UTF-16 by its mark, else windows-1252' },
  ...textEncodings.map((encoding) => ({ value: encoding, label: encodingName(encoding) })),
];

interface EncodingRowProps {
  readonly value: TextEncodingChoice;
  readonly onChange: (encoding: TextEncodingChoice) => void;
}

export function EncodingRow({ value, onChange }: EncodingRowProps) {
  const id = useId();
  return (
    <div className="f">
      <label htmlFor={id}>Encoding</label>
      <div className="ctl">
        <Select
          id={id}
          className="column"
          value={value}
          options={encodings}
          onChange={(chosen) => onChange(textEncodingChoiceSchema.parse(chosen))}
        />
      </div>
    </div>
  );
}
