import { useId } from 'react';
import type { TextPreview } from '../../../shared/datasets/text.ts';
import { encodingName, textEncodingChoiceSchema, textEncodings } from '../../../shared/datasets/text-encoding.ts';
import { fixed, plural } from '../../app/format.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Select } from '../../ui/select.tsx';
import { Row, TextRow, Wrong } from './form-rows.tsx';
import { testShare } from './import-form.ts';
import { TextPreviewPart } from './text-preview.tsx';
import type { TextImportState } from './use-text-import.ts';

interface TextImportFieldsProps {
  readonly state: TextImportState;
  readonly preview: TextPreview;
}

const labelKinds = [
  { value: 'one', label: 'One per text' },
  { value: 'several', label: 'Several per text' },
] as const;
const headers = [
  { value: 'yes', label: 'Names the columns' },
  { value: 'no', label: 'Is data' },
] as const;

/** The choices of an import of texts: columns, labels, splits; below them what they lead to. */
export function TextImportFields({ state, preview }: TextImportFieldsProps) {
  const { form, change } = state;
  const tabular = preview.format === 'csv' || preview.format === 'tsv';
  return (
    <>
      <TextRow label="Name" {...state.text('name')} />
      {tabular && (
        <Row label="First line">
          <Segmented
            label="First line"
            value={form.header}
            options={headers}
            onChange={(header) => change({ header })}
          />
        </Row>
      )}
      <EncodingRow state={state} />
      {preview.format !== 'text-folders' && <Columns state={state} preview={preview} />}
      <TextPreviewPart preview={preview} />
      {preview.problem && <Wrong text={preview.problem} />}
      <h3>Splits</h3>
      <Splits state={state} preview={preview} />
      {state.refusal && <Wrong text={state.refusal} />}
    </>
  );
}

const encodings = [
  { value: 'auto', label: 'Found out', note: 'UTF-8, UTF-16 by its mark, else windows-1252' },
  ...textEncodings.map((encoding) => ({ value: encoding, label: encodingName(encoding) })),
];

function EncodingRow({ state: { form, change } }: Pick<TextImportFieldsProps, 'state'>) {
  const id = useId();
  return (
    <div className="f">
      <label htmlFor={id}>Encoding</label>
      <div className="ctl">
        <Select
          id={id}
          className="column"
          value={form.encoding}
          options={encodings}
          onChange={(chosen) => change({ encoding: textEncodingChoiceSchema.parse(chosen) })}
        />
      </div>
    </div>
  );
}

function Columns({ state, preview }: TextImportFieldsProps) {
  const { form, change } = state;
  return (
    <>
      <ColumnRow label="Text" value={form.text} preview={preview} onChange={(text) => change({ text })} />
      <ColumnRow
        label="Second text"
        value={form.pair}
        preview={preview}
        none="None"
        onChange={(pair) => change({ pair })}
      />
      <ColumnRow label="Label" value={form.label} preview={preview} onChange={(label) => change({ label })} />
      <Row label="Labels">
        <Segmented label="Labels" value={form.labels} options={labelKinds} onChange={(labels) => change({ labels })} />
      </Row>
      {form.labels === 'several' && (
        <TextRow label="Separator" unit="between the labels of a text" {...state.text('separator')} />
      )}
    </>
  );
}

interface ColumnRowProps {
  readonly label: string;
  readonly value: string | null;
  readonly preview: TextPreview;
  /** What no column is called, where there may be none. */
  readonly none?: string;
  readonly onChange: (column: string | null) => void;
}

function ColumnRow({ label, value, preview, none, onChange }: ColumnRowProps) {
  const id = useId();
  const columns = preview.columns.map(({ name, distinct }) => ({
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
          options={none === undefined ? columns : [{ value: 'none', label: none }, ...columns]}
          onChange={(chosen) => onChange(chosen === 'none' ? null : chosen.slice(2))}
        />
      </div>
    </div>
  );
}

/** Drawn by fractions, or given by a column; then only a missing validation is drawn. */
function Splits({ state, preview }: TextImportFieldsProps) {
  const { form, change } = state;
  const given = form.splitColumn !== null;
  return (
    <>
      {(preview.format !== 'text-folders' || preview.columns.some(({ name }) => name === 'split')) && (
        <ColumnRow
          label="Given by"
          value={form.splitColumn}
          preview={preview}
          none="Nothing: draw them"
          onChange={(splitColumn) => change({ splitColumn })}
        />
      )}
      {!given && <TextRow label="Train" unit="% of the texts of every label" {...state.text('train')} />}
      <TextRow
        label="Validation"
        unit={given ? '% of the training texts, where none are given' : '% of the texts of every label'}
        {...state.text('validation')}
      />
      {!given && (
        <Row label="Test">
          <span className="t12 soft num">{shareWords(testShare(form))}</span>
          <span className="muted t11">the rest; equal texts stay in one split</span>
        </Row>
      )}
      <TextRow label="Seed" unit="of the draw" {...state.text('seed')} />
    </>
  );
}

const shareWords = (share: number | null): string =>
  share === null ? '–' : `${fixed(share, Number.isInteger(share) ? 0 : 1)} %`;
