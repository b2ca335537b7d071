import type { RequestOf } from '../../../shared/contract/requests.ts';
import { defaultSplitPlan } from '../../../shared/datasets/dataset.ts';
import { parseNumber } from '../../app/format.ts';

/** What the user says about an import before it starts; texts as typed. */
export interface ImportForm {
  readonly name: string;
  readonly as: RequestOf<'datasets.import'>['as'];
  readonly size: string;
  readonly by: 'group' | 'class';
  /** Shares in percent; what is left of 100 is test. */
  readonly train: string;
  readonly validation: string;
  readonly seed: string;
}

export type ImportField = 'name' | 'size' | 'train' | 'validation' | 'seed';
export type ImportOptions = Omit<RequestOf<'datasets.import'>, 'source'>;

export type ParsedImport =
  | { readonly ok: true; readonly options: ImportOptions }
  | { readonly ok: false; readonly errors: Readonly<Partial<Record<ImportField, string>>> };

/** The name that a source suggests: without the ending of an archive or table. */
export const nameOfSource = (source: string): string =>
  source.replace(/\.(zip|csv|tsv|tab|jsonl|ndjson|txt)$/i, '').slice(0, 100);

export function importFormFor(sourceName: string): ImportForm {
  if (defaultSplitPlan.kind !== 'drawn') throw new Error('The default plan draws its splits.');
  const { by, train, validation, seed } = defaultSplitPlan;
  return {
    name: nameOfSource(sourceName),
    as: 'auto',
    size: '28',
    by,
    train: percentText(train),
    validation: percentText(validation),
    seed: String(seed),
  };
}

const percentText = (fraction: number): string => String(Math.round(fraction * 1000) / 10);

export function parseImportForm(form: ImportForm, taken: readonly string[]): ParsedImport {
  const errors: Partial<Record<ImportField, string>> = { ...shareErrors(form) };
  const problem = nameProblem(form.name, taken);
  if (problem !== null) errors.name = problem;
  const size = numberWithin(form.size, 8, 256, 'whole');
  if (size === null) errors.size = 'Allowed: a whole number from 8 to 256.';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const share = (part: 'train' | 'validation'): number => numberWithin(form[part], 0, 100, 'any')! / 100;
  const seed = numberWithin(form.seed, 0, 2_147_483_647, 'whole')!;
  return {
    ok: true,
    options: {
      name: form.name.trim(),
      as: form.as,
      size: size!,
      splits: { kind: 'drawn', by: form.by, train: share('train'), validation: share('validation'), seed },
    },
  };
}

type Shares = Pick<ImportForm, 'train' | 'validation' | 'seed'>;

/** What is wrong with the shares of the splits and their seed. */
export function shareErrors(form: Shares): Partial<Record<keyof Shares, string>> {
  const errors: Partial<Record<keyof Shares, string>> = {};
  const train = numberWithin(form.train, 0, 100, 'any');
  if (train === null) errors.train = 'Allowed: 0 to 100 %.';
  const validation = numberWithin(form.validation, 0, 100, 'any');
  if (validation === null) errors.validation = 'Allowed: 0 to 100 %.';
  if (train !== null && validation !== null && train + validation > 100) {
    errors.validation = `Train and validation are ${train + validation} % together; allowed: at most 100 %.`;
  }
  const seed = numberWithin(form.seed, 0, 2_147_483_647, 'whole');
  if (seed === null) errors.seed = 'Allowed: a whole number from 0 on.';
  return errors;
}

/** Why a name cannot be that of a new dataset; null when it can. */
export function nameProblem(given: string, taken: readonly string[]): string | null {
  const name = given.trim();
  if (name === '') return 'A dataset needs a name.';
  if (name.length > 100) return 'A name has at most 100 characters.';
  const known = taken.some((other) => other.toLowerCase() === name.toLowerCase());
  return known ? `There is a dataset "${name}" already.` : null;
}

/** What is left for test, in percent; null while the others cannot be read. */
export function testShare(form: Pick<ImportForm, 'train' | 'validation'>): number | null {
  const train = numberWithin(form.train, 0, 100, 'any');
  const validation = numberWithin(form.validation, 0, 100, 'any');
  if (train === null || validation === null || train + validation > 100) return null;
  return Math.round((100 - train - validation) * 10) / 10;
}

/** A number as typed; null when it is none within the limits. */
export function numberWithin(text: string, low: number, high: number, kind: 'whole' | 'any'): number | null {
  const value = parseNumber(text.replace(/\s*%$/, ''));
  if (value === null || value < low || value > high || (kind === 'whole' && !Number.isInteger(value))) return null;
  return value;
}
