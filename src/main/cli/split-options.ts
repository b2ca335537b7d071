import { defaultSplitPlan, type SplitPlan } from '../../shared/datasets/dataset.ts';
import type { TextSplitPlan } from '../../shared/datasets/text.ts';
import { type Split, splitSchema } from '../../shared/runs/run.ts';
import { nearestWord } from '../../shared/text/nearest-word.ts';
import { type Given, type OptionSpec, UsageError } from './command.ts';

/** Split plans as typed: "by=group,train=0.64,validation=0.16,seed=1", or names assigned to splits. */

type DrawnPlan = Extract<SplitPlan, { kind: 'drawn' }>;
const drawnDefaults = { ...defaultSplitPlan } as DrawnPlan;
const drawnKeys = ['by', 'train', 'validation', 'seed'] as const;

/** Reads `--split`; keys that are left out keep the default (by class, 64 % train, 16 % validation, the rest test, seed 1). */
export const drawnPlan = (text: string, defaults: DrawnPlan = drawnDefaults): SplitPlan =>
  checkedSum({ ...defaults, ...splitParts(text, drawnKeys) } as SplitPlan);

/** The parts of a plan as typed, "train=0.7,seed=3"; only these keys are allowed. */
export function splitParts(text: string, keys: readonly (typeof drawnKeys)[number][]): Record<string, string | number> {
  const plan: Record<string, string | number> = {};
  for (const part of text.split(',').filter((piece) => piece.trim() !== '')) {
    const [key = '', value = ''] = part.split('=').map((word) => word.trim());
    plan[key] = drawnValue(key, value, keys);
  }
  return plan;
}

function drawnValue(key: string, value: string, keys: readonly string[]): string | number {
  if (!keys.includes(key)) throw unknownPart(key, keys);
  if (key === 'by') return byOf('--split by', value);
  if (key === 'seed') return numberIn('--split seed', value, 0, 2_147_483_647, 'whole');
  return numberIn(`--split ${key}`, value, 0, 1, 'any');
}

function unknownPart(key: string, keys: readonly string[]): UsageError {
  const nearest = nearestWord(key, keys);
  return new UsageError(
    `--split has no part "${key}"; allowed: ${keys.join(', ')}.`,
    nearest ? `Did you mean ${nearest}?` : 'For example: --split by=group,train=0.7,validation=0.1,seed=1',
  );
}

/** Options of `datasets split`. */
export const splitOptions: readonly OptionSpec[] = [
  { name: 'by', value: 'UNIT', help: 'group (alphabet) or class (default class)', choices: ['group', 'class'] },
  {
    name: 'assign',
    value: 'SPLIT=A,B',
    help: 'groups or classes of a split: train, validation, test or unused',
    repeats: 'yes',
  },
  { name: 'rest', value: 'SPLIT', help: 'split of what is not assigned (default train)', choices: splitSchema.options },
  { name: 'train', value: 'F', help: 'without --assign: fraction of the classes for training (default 0.64)' },
  { name: 'validation', value: 'F', help: 'fraction for validation (default 0.16); the rest is test' },
  { name: 'seed', value: 'N', help: 'seed of the draw (default 1)' },
  { name: 'given', help: 'texts, rows, clips: the splits that the source gave' },
];

/** The plan that the options of `datasets split` ask for, of a dataset of examples. */
export function textPlanOf(given: Given, splitColumn: string | null): TextSplitPlan {
  const named = ['by', 'assign', 'rest'].find((option) => given.has(option));
  if (named !== undefined) {
    throw new UsageError(
      `--${named} is for image classes; texts, rows and clips are split by example: use --train, --validation, --seed.`,
    );
  }
  const seed = given.wholeNumber('seed', 0, 2_147_483_647) ?? 1;
  const part = (option: 'train' | 'validation', otherwise: number): number =>
    numberIn(`--${option}`, given.text(option) ?? String(otherwise), 0, 1, 'any');
  if (given.has('given')) {
    return { kind: 'given', column: splitColumn ?? 'split', validation: part('validation', 0.1), seed };
  }
  const plan = { kind: 'stratified' as const, train: part('train', 0.8), validation: part('validation', 0.1), seed };
  checkedSum({ ...plan, kind: 'drawn', by: 'class' });
  return plan;
}

/** The plan that the options of `datasets split` ask for. */
export function planOf(given: Given): SplitPlan {
  if (given.has('given'))
    throw new UsageError('--given is for texts, rows and clips whose source said train, validation or test.');
  const by = byOf('--by', given.text('by') ?? 'class');
  const assigned = given.all('assign');
  const drawn = ['train', 'validation', 'seed'].filter((option) => given.has(option));
  if (assigned.length === 0 && !given.has('rest')) {
    const part = (option: 'train' | 'validation') =>
      numberIn(`--${option}`, given.text(option) ?? String(drawnDefaults[option]), 0, 1, 'any');
    const seed = given.wholeNumber('seed', 0, 2_147_483_647) ?? drawnDefaults.seed;
    return checkedSum({ kind: 'drawn', by, train: part('train'), validation: part('validation'), seed });
  }
  if (drawn.length > 0)
    throw new UsageError(`--${drawn[0]} draws the splits, --assign and --rest name them: use one way or the other.`);
  const rest = splitSchema.parse(given.text('rest') ?? 'train');
  return { kind: 'assigned', by, assign: Object.fromEntries(assigned.flatMap(assignedNames)), rest };
}

function assignedNames(text: string): [string, Split][] {
  const at = text.indexOf('=');
  const split = splitSchema.safeParse(text.slice(0, Math.max(0, at)));
  const names = text
    .slice(at + 1)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (at < 0 || !split.success || names.length === 0) {
    throw new UsageError(
      `--assign is "${text}"; allowed: SPLIT=NAME,NAME with train, validation, test or unused as SPLIT.`,
      'For example: --assign test=Sanskrit,Tagalog --assign unused=Greek,Latin --rest train',
    );
  }
  return names.map((name) => [name, split.data]);
}

function byOf(what: string, value: string): 'group' | 'class' {
  if (value === 'group' || value === 'class') return value;
  throw new UsageError(`${what} is "${value}"; allowed: group or class.`);
}

function numberIn(what: string, text: string, minimum: number, maximum: number, kind: 'whole' | 'any'): number {
  const value = Number(text);
  const right =
    text.trim() !== '' && value >= minimum && value <= maximum && (kind === 'any' || Number.isInteger(value));
  if (right) return value;
  throw new UsageError(
    `${what} is "${text}"; allowed: a ${kind === 'whole' ? 'whole ' : ''}number from ${minimum} to ${maximum}.`,
  );
}

function checkedSum(plan: SplitPlan): SplitPlan {
  if (plan.kind === 'drawn' && plan.train + plan.validation > 1 + 1e-9) {
    throw new UsageError(
      `Train ${plan.train} and validation ${plan.validation} are more than all classes; together at most 1.`,
    );
  }
  return plan;
}
