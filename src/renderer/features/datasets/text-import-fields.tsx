import type { TextPreview } from '../../../shared/datasets/text.ts';
import { Segmented } from '../../ui/choices.tsx';
import { ColumnRow, EncodingRow, HeaderRow } from './column-row.tsx';
import { Row, TextRow, Wrong } from './form-rows.tsx';
import { SplitFields } from './split-fields.tsx';
import type { TextImportField, TextImportForm } from './text-import-form.ts';
import { TextPreviewPart } from './text-preview.tsx';
import type { LookedFormState } from './use-looked-form.ts';

interface TextImportFieldsProps {
  readonly state: LookedFormState<TextImportForm, TextImportField>;
  readonly preview: TextPreview;
}

const labelKinds = [
  { value: 'one', label: 'One per text' },
  { value: 'several', label: 'Several per text' },
] as const;

/** The choices of an import of texts: columns, labels, splits; below them what they lead to. */
export function TextImportFields({ state, preview }: TextImportFieldsProps) {
  const { form, change } = state;
  const tabular = preview.format === 'csv' || preview.format === 'tsv';
  const mayGiveSplits = preview.format !== 'text-folders' || preview.columns.some(({ name }) => name === 'split');
  return (
    <>
      <TextRow label="Name" {...state.text('name')} />
      {tabular && <HeaderRow value={form.header} onChange={(header) => change({ header })} />}
      <EncodingRow value={form.encoding} onChange={(encoding) => change({ encoding })} />
      {preview.format !== 'text-folders' && <Columns state={state} preview={preview} />}
      <TextPreviewPart preview={preview} />
      {preview.problem && <Wrong text={preview.problem} />}
      <SplitFields
        state={state}
        noun="text"
        givenBy={
          mayGiveSplits && (
            <ColumnRow
              label="Given by"
              value={form.splitColumn}
              columns={preview.columns}
              none="Nothing: draw them"
              onChange={(splitColumn) => change({ splitColumn })}
            />
          )
        }
      />
      {state.refusal && <Wrong text={state.refusal} />}
    </>
  );
}

function Columns({ state, preview: { columns } }: TextImportFieldsProps) {
  const { form, change } = state;
  return (
    <>
      <ColumnRow label="Text" value={form.text} columns={columns} onChange={(text) => change({ text })} />
      <ColumnRow
        label="Second text"
        value={form.pair}
        columns={columns}
        none="None"
        onChange={(pair) => change({ pair })}
      />
      <ColumnRow label="Label" value={form.label} columns={columns} onChange={(label) => change({ label })} />
      <Row label="Labels">
        <Segmented label="Labels" value={form.labels} options={labelKinds} onChange={(labels) => change({ labels })} />
      </Row>
      {form.labels === 'several' && (
        <TextRow label="Separator" unit="between the labels of a text" {...state.text('separator')} />
      )}
    </>
  );
}
