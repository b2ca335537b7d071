import type { ColumnUse, TablePreview } from '../../../shared/datasets/table.ts';
import type { TextEncodingChoice } from '../../../shared/datasets/text-encoding.ts';
import {
  type LookedField,
  type LookedForm,
  type LookedKind,
  lookedErrors,
  lookedFormFor,
  openQuestion,
  type ParsedLooked,
  type PreviewQuestion,
  splitPlanOf,
} from './looked-form.ts';

/** What the user says about an import of a table of rows before it starts. */
export interface TableImportForm extends LookedForm {
  /** null until the core has guessed. */
  readonly label: string | null;
  /** Columns that the user takes for something, by name; the core finds out the others. */
  readonly columns: Readonly<Record<string, ColumnUse>>;
  readonly header: 'yes' | 'no';
  readonly encoding: TextEncodingChoice;
}

export const tableImportFormFor = (name: string): TableImportForm => ({
  ...lookedFormFor(name),
  label: null,
  columns: {},
  header: 'yes',
  encoding: 'auto',
});

export const tableChoicesOf = (form: TableImportForm): NonNullable<PreviewQuestion['table']> => ({
  label: form.label,
  columns: { ...form.columns },
  splitColumn: form.splitColumn,
  header: form.header,
  encoding: form.encoding,
});

export function parseTableImport(form: TableImportForm, taken: readonly string[]): ParsedLooked<LookedField> {
  const errors = lookedErrors(form, taken);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const { splitColumn: _, ...table } = tableChoicesOf(form);
  return {
    ok: true,
    options: { name: form.name.trim(), as: 'table', size: 28, table, splits: splitPlanOf(form) }, // size: of images only
  };
}

/** The form with these columns taken for one use. */
export const withUses = (form: TableImportForm, names: readonly string[], use: ColumnUse): TableImportForm => ({
  ...form,
  columns: { ...form.columns, ...Object.fromEntries(names.map((name) => [name, use])) },
});

export type ShownUse = TablePreview['columns'][number]['use'];

/** What a column is taken for as the form stands, also while the core has not answered yet. */
export function shownUse(form: TableImportForm, { name, use }: TablePreview['columns'][number]): ShownUse {
  if (name === form.label) return 'label';
  if (name === form.splitColumn) return 'split';
  return form.columns[name] ?? use;
}

export const tableKind: LookedKind<TableImportForm, LookedField, TablePreview> = {
  fresh: tableImportFormFor,
  withChosen: (form, { chosen: { label, splitColumn } }) => ({ ...form, label, splitColumn }),
  changed: (form, part) => {
    const next = { ...form, ...part };
    // Other names of the columns: the core finds out anew.
    if ('header' in part || 'encoding' in part) return { ...next, label: null, splitColumn: null, columns: {} };
    // A column that labels or splits is nothing else any more.
    const columns = { ...next.columns };
    for (const name of [next.label, next.splitColumn]) if (name !== null) delete columns[name];
    return { ...next, columns };
  },
  question: (form) => ({ ...openQuestion('table'), table: tableChoicesOf(form) }),
  parse: parseTableImport,
};
