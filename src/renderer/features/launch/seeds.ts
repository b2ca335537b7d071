import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { parseNumber } from '../../app/format.ts';

/** Seeds as typed: so many from the first one on, or a list of single seeds and ranges. */
export interface SeedsText {
  readonly mode: 'count' | 'list';
  readonly count: string;
  /** The first seed when counting. */
  readonly first: number;
  /** "1, 2, 7-9" */
  readonly list: string;
}

export type ParsedSeeds =
  | { readonly ok: true; readonly seeds: readonly number[] }
  | { readonly ok: false; readonly error: FieldError };

const highestSeed = 2_147_483_647; // limits of runs.launch
const mostSeeds = 1000;

export const countedSeeds = (count: number, first = 1): SeedsText => ({
  mode: 'count',
  count: String(count),
  first,
  list: listText(Array.from({ length: count }, (_, index) => first + index)),
});

export const listedSeeds = (seeds: readonly number[]): SeedsText => ({
  mode: 'list',
  count: String(seeds.length),
  first: 1,
  list: listText(seeds),
});

/** The same seeds in the other form, as far as they can be read. */
export function switchSeedsMode(text: SeedsText, mode: SeedsText['mode']): SeedsText {
  if (mode === text.mode) return text;
  const parsed = parseSeeds(text);
  if (!parsed.ok) return { ...text, mode };
  return mode === 'list' ? listedSeeds(parsed.seeds) : countedSeeds(parsed.seeds.length);
}

export function parseSeeds(text: SeedsText): ParsedSeeds {
  return text.mode === 'count' ? parseCount(text) : parseList(text.list);
}

function parseCount({ count, first }: SeedsText): ParsedSeeds {
  const number = parseNumber(count.replace(/^\s*[×x]/i, ''));
  const allowed = `a whole number from 1 to ${mostSeeds}`;
  if (number === null || !Number.isInteger(number)) return wrong(shown(count), allowed);
  if (number < 1) return wrong(shown(count), allowed, 1);
  if (number > mostSeeds) return wrong(shown(count), allowed, mostSeeds);
  return { ok: true, seeds: Array.from({ length: number }, (_, index) => first + index) };
}

function parseList(list: string): ParsedSeeds {
  const seeds: number[] = [];
  const allowed = 'whole numbers from 0 on, such as 1, 2, 7-9';
  for (const part of list.split(/[\s,;]+/).filter(Boolean)) {
    const [, from, to] = /^(\d{1,10})(?:[-–](\d{1,10}))?$/.exec(part) ?? [];
    if (from === undefined) return wrong(shown(part), allowed);
    const [low, high] = [Number(from), Number(to ?? from)];
    if (high > highestSeed) return wrong(shown(part), `seeds up to ${highestSeed}`);
    if (high < low) return wrong(shown(part), allowed, `${high}-${low}`);
    if (high - low >= mostSeeds) return wrong(shown(part), `at most ${mostSeeds} seeds`);
    for (let seed = low; seed <= high; seed++) seeds.push(seed);
  }
  if (seeds.length === 0) return wrong('empty', allowed);
  const repeated = seeds.find((seed, index) => seeds.indexOf(seed) !== index);
  if (repeated !== undefined) {
    const message = `Seed ${repeated} stands twice; each seed makes one run.`;
    return { ok: false, error: { path: 'seed', message, allowed, nearest: listText([...new Set(seeds)]) } };
  }
  if (seeds.length > mostSeeds) return wrong(`${seeds.length} seeds`, `at most ${mostSeeds} seeds`);
  return { ok: true, seeds };
}

const shown = (text: string): string => (text.trim() === '' ? 'empty' : `"${text.trim()}"`);

function wrong(what: string, allowed: string, nearest?: number | string): ParsedSeeds {
  const error = { path: 'seed', message: `Seeds is ${what}; allowed: ${allowed}.`, allowed };
  return { ok: false, error: nearest === undefined ? error : { ...error, nearest } };
}

/** "1, 2, 3, 7-9": runs of four and more are joined. */
export function listText(seeds: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < seeds.length; ) {
    let end = start;
    while (end + 1 < seeds.length && seeds[end + 1] === seeds[end]! + 1) end++;
    if (end - start >= 3) parts.push(`${seeds[start]}-${seeds[end]}`);
    else for (let index = start; index <= end; index++) parts.push(String(seeds[index]));
    start = end + 1;
  }
  return parts.join(', ');
}
