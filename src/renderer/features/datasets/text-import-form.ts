import type { RequestOf } from '../../../shared/contract/requests.ts';
import { defaultTextSplitPlan, type TextPreview } from '../../../shared/datasets/text.ts';
import type { TextEncodingChoice } from '../../../shared/datasets/text-encoding.ts';
import { nameProblem, numberWithin, shareErrors } from './import-form.ts';

/** What the user says about an import of texts before it starts; texts as typed, columns by name. */
export interface TextImportForm {
  readonly name: string;
  /** null until the core has guessed. */
  readonly text: string | null;
  readonly pair: string | null;
  readonly label: string | null;
  readonly splitColumn: string | null;
  readonly labels: 'one' | 'several';
  readonly separator: string;
  readonly header: 'yes' | 'no';
  readonly encoding: TextEncodingChoice;
  /** Percent of the examples; where splits are given, only validation counts, of the training examples. */
  readonly train: string;
  readonly validation: string;
  readonly seed: string;
}

export type TextImportField = 'name' | 'separator' | 'train' | 'validation' | 'seed';
type ImportOptions = Omit<RequestOf<'datasets.import'>, 'source'>;
type PreviewChoices = NonNullable<RequestOf<'datasets.preview'>['text']>;

export type ParsedTextImport =
  | { readonly ok: true; readonly options: ImportOptions }
  | { readonly ok: false; readonly errors: Readonly<Partial<Record<TextImportField, string>>> };

const { train, validation, seed } = defaultTextSplitPlan;

export const textImportFormFor = (name: string): TextImportForm => ({
  name,
  text: null,
  pair: null,
  label: null,
  splitColumn: null,
  labels: 'one',
  separator: ';',
  header: 'yes',
  encoding: 'auto',
  train: String(train * 100),
  validation: String(validation * 100),
  seed: String(seed),
});

/** The form with the columns that the core chose. */
export const withChosen = (form: TextImportForm, { chosen }: TextPreview): TextImportForm => ({
  ...form,
  text: chosen.text,
  pair: chosen.pair,
  label: chosen.label,
  splitColumn: chosen.splitColumn,
});

/** What a preview of these choices is asked with. */
export const choicesOf = (form: TextImportForm): PreviewChoices => ({
  text: form.text,
  pair: form.pair,
  label: form.label,
  splitColumn: form.splitColumn,
  separator: form.labels === 'several' && form.separator !== '' ? form.separator : null,
  header: form.header,
  encoding: form.encoding,
});

/** Checks every field; `taken` are the names in the library. */
export function parseTextImport(form: TextImportForm, taken: readonly string[]): ParsedTextImport {
  const errors: Partial<Record<TextImportField, string>> = { ...shareErrors(form) };
  const problem = nameProblem(form.name, taken);
  if (problem !== null) errors.name = problem;
  if (form.labels === 'several' && form.separator === '') errors.separator = 'What stands between two labels?';
  if (form.splitColumn !== null) delete errors.train;
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const { splitColumn, ...text } = choicesOf(form);
  const share = (part: 'train' | 'validation'): number => numberWithin(form[part], 0, 100, 'any')! / 100;
  const drawn = { validation: share('validation'), seed: numberWithin(form.seed, 0, 2_147_483_647, 'whole')! };
  return {
    ok: true,
    options: {
      name: form.name.trim(),
      as: 'text',
      size: 28, // of images only
      text,
      splits:
        splitColumn === null
          ? { kind: 'stratified', train: share('train'), ...drawn }
          : { kind: 'given', column: splitColumn, ...drawn },
    },
  };
}
