import type { TextPreview } from '../../../shared/datasets/text.ts';
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

/** What the user says about an import of texts before it starts; texts as typed, columns by name. */
export interface TextImportForm extends LookedForm {
  /** null until the core has guessed. */
  readonly text: string | null;
  readonly pair: string | null;
  readonly label: string | null;
  readonly labels: 'one' | 'several';
  readonly separator: string;
  readonly header: 'yes' | 'no';
  readonly encoding: TextEncodingChoice;
}

export type TextImportField = LookedField | 'separator';

export const textImportFormFor = (name: string): TextImportForm => ({
  ...lookedFormFor(name),
  text: null,
  pair: null,
  label: null,
  labels: 'one',
  separator: ';',
  header: 'yes',
  encoding: 'auto',
});

/** What a preview of these choices is asked with. */
export const choicesOf = (form: TextImportForm): NonNullable<PreviewQuestion['text']> => ({
  text: form.text,
  pair: form.pair,
  label: form.label,
  splitColumn: form.splitColumn,
  separator: form.labels === 'several' && form.separator !== '' ? form.separator : null,
  header: form.header,
  encoding: form.encoding,
});

export function parseTextImport(form: TextImportForm, taken: readonly string[]): ParsedLooked<TextImportField> {
  const errors: Partial<Record<TextImportField, string>> = lookedErrors(form, taken);
  if (form.labels === 'several' && form.separator === '') errors.separator = 'What stands between two labels?';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const { splitColumn: _, ...text } = choicesOf(form);
  return {
    ok: true,
    options: { name: form.name.trim(), as: 'text', size: 28, text, splits: splitPlanOf(form) }, // size: of images only
  };
}

export const textKind: LookedKind<TextImportForm, TextImportField, TextPreview> = {
  fresh: textImportFormFor,
  withChosen: (form, { chosen: { text, pair, label, splitColumn } }) => ({ ...form, text, pair, label, splitColumn }),
  // Other names of the columns: the core finds out anew.
  changed: (form, part) =>
    'header' in part || 'encoding' in part
      ? { ...form, ...part, text: null, pair: null, label: null, splitColumn: null }
      : { ...form, ...part },
  question: (form) => ({ ...openQuestion('text'), text: choicesOf(form) }),
  parse: parseTextImport,
};
