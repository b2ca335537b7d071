import type { RequestOf } from '../../../shared/contract/requests.ts';
import { defaultTextSplitPlan, type TextSplitPlan } from '../../../shared/datasets/text.ts';
import { nameProblem, numberWithin, shareErrors } from './import-form.ts';

/** What is asked of the core about a source, the source apart. */
export type PreviewQuestion = Omit<RequestOf<'datasets.preview'>, 'source'>;
export type ImportOptions = Omit<RequestOf<'datasets.import'>, 'source'>;

/** What the user says of every import that is split by example; texts as typed. */
export interface LookedForm {
  readonly name: string;
  /** What gives the splits; null where they are drawn. */
  readonly splitColumn: string | null;
  /** Percent of the examples; where splits are given, only validation counts, of the training examples. */
  readonly train: string;
  readonly validation: string;
  readonly seed: string;
}

export type LookedField = 'name' | 'train' | 'validation' | 'seed';

export type ParsedLooked<Field extends string> =
  | { readonly ok: true; readonly options: ImportOptions }
  | { readonly ok: false; readonly errors: Readonly<Partial<Record<Field, string>>> };

/** How one kind of source is asked about and imported. */
export interface LookedKind<Form extends LookedForm, Field extends string, Preview> {
  readonly fresh: (name: string) => Form;
  /** The form with what the core found out. */
  readonly withChosen: (form: Form, preview: Preview) => Form;
  /** The form after a change, without what has to be found out anew because of it. */
  readonly changed: (form: Form, part: Partial<Form>) => Form;
  readonly question: (form: Form) => PreviewQuestion;
  /** Checks every field; `taken` are the names in the library. */
  readonly parse: (form: Form, taken: readonly string[]) => ParsedLooked<Field>;
}

const { train, validation, seed } = defaultTextSplitPlan;

export const lookedFormFor = (name: string): LookedForm => ({
  name,
  splitColumn: null,
  train: String(train * 100),
  validation: String(validation * 100),
  seed: String(seed),
});

/** A question about a source as something, with no choices made. */
export const openQuestion = (as: PreviewQuestion['as']): PreviewQuestion => ({
  as,
  text: null,
  table: null,
  audio: null,
});

export function lookedErrors(form: LookedForm, taken: readonly string[]): Partial<Record<LookedField, string>> {
  const errors: Partial<Record<LookedField, string>> = { ...shareErrors(form) };
  const problem = nameProblem(form.name, taken);
  if (problem !== null) errors.name = problem;
  if (form.splitColumn !== null) delete errors.train;
  return errors;
}

/** Of a form without errors. */
export function splitPlanOf(form: LookedForm): TextSplitPlan {
  const share = (part: 'train' | 'validation'): number => numberWithin(form[part], 0, 100, 'any')! / 100;
  const drawn = { validation: share('validation'), seed: numberWithin(form.seed, 0, 2_147_483_647, 'whole')! };
  return form.splitColumn === null
    ? { kind: 'stratified', train: share('train'), ...drawn }
    : { kind: 'given', column: form.splitColumn, ...drawn };
}
