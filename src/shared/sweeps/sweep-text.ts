import type { FieldError } from '../run-config/field-error.ts';
import { type FieldLimits, fieldLimits } from '../run-config/field-limits.ts';
import { stableJson } from '../run-config/grouping.ts';

/** Values of a swept field as a person types them. Their limits are the schema's affair (sweep.ts), not this file's. */

export type ParsedValues =
  | { readonly ok: true; readonly values: readonly unknown[] }
  | { readonly ok: false; readonly error: FieldError };

/** Most values of one field. */
export const mostValues = 100;

const forms = {
  number: 'numbers such as 0.05, 0.1, 0.5, or log 1e-4..1e-1 x 5, or lin 0..1 x 5',
  'whole-number': 'whole numbers such as 1, 5, 20, or lin 1..9 x 3',
  choice: 'words with commas between them',
  text: 'words with commas between them',
  list: 'lists with semicolons between them, such as 40, 40; 80, 80',
  part: 'JSON objects, such as [{"kind": "off"}, {"kind": "norm", "limit": 1}]',
} as const;

let limitsCache: ReadonlyMap<string, FieldLimits> | undefined; // derived from the schema, which is a constant
const limitsByPath = (): ReadonlyMap<string, FieldLimits> => {
  limitsCache ??= fieldLimits();
  return limitsCache;
};

/** What a path of the config names: a leaf with its limits, a part with fields below it, or nothing. */
export function sweepTarget(path: string): FieldLimits['type'] | 'part' | 'nothing' {
  const limits = limitsByPath();
  const leaf = limits.get(path);
  if (leaf) return leaf.type;
  return [...limits.keys()].some((known) => known.startsWith(`${path}.`)) ? 'part' : 'nothing';
}

export const knownPaths = (): readonly string[] => [...limitsByPath().keys()];

/** Fields that say nothing about what is computed, and the seed, which has a place of its own in every launch. */
const never = new Set(['name', 'tags', 'note', 'seed']);
export const isSweepable = (path: string): boolean => !never.has(path) && sweepTarget(path) !== 'nothing';

/**
 * Reads `1, 5, 20`, `log 1e-4..1e-1 x 5`, `lin 0..1 x 5`, `adam, sgd`, `40, 40; 80, 80` (lists), or a JSON array, for
 * the field at this path. `×` is as good as `x`.
 */
export function parseSweepValues(path: string, text: string): ParsedValues {
  const type = sweepTarget(path);
  const allowed = forms[type === 'nothing' ? 'text' : type];
  const wrong = (what: string): ParsedValues => ({
    ok: false,
    error: { path, message: `${path} is ${what}; allowed: ${allowed}.`, allowed },
  });
  const trimmed = text.trim();
  if (trimmed === '') return wrong('empty');
  const read = readValues(trimmed, type);
  if (typeof read === 'string') return wrong(read);
  if (read.length > mostValues) return wrong(`${read.length} values`);
  const seen = new Set<string>();
  for (const value of read) {
    const key = stableJson(value);
    if (seen.has(key)) return repeated(path, value, allowed);
    seen.add(key);
  }
  return { ok: true, values: read };
}

function repeated(path: string, value: unknown, allowed: string): ParsedValues {
  const message = `${valueWord(value)} stands twice; each value makes runs of its own.`;
  return { ok: false, error: { path, message, allowed } };
}

/** The values, or what the text is instead. */
function readValues(text: string, type: ReturnType<typeof sweepTarget>): readonly unknown[] | string {
  const range = /^(log|lin)\s+(\S+?)\s*\.\.\s*(\S+?)\s*[x×]\s*(\d{1,4})$/i.exec(text);
  if (range && (type === 'number' || type === 'whole-number')) return rangeValues(range, type);
  if (/^(log|lin)\s/i.test(text) && (type === 'number' || type === 'whole-number')) return `"${text}"`;
  if (text.startsWith('{') || (text.startsWith('[') && (type !== 'list' || text.startsWith('[[')))) {
    const json = parseJson(text.startsWith('{') ? `[${text}]` : text);
    return Array.isArray(json) && json.length > 0 ? json : `"${shortened(text)}", which is not a JSON array`;
  }
  const parts = text.split(type === 'list' ? /\s*;\s*/ : /\s*[,;]\s*/).map((part) => part.trim());
  const empty = parts.indexOf('');
  if (empty >= 0 && !(empty === parts.length - 1 && parts.length > 1)) return `"${text}", with an empty value`;
  return parts.filter((part) => part !== '').map((part) => readPart(part, type));
}

function readPart(part: string, type: ReturnType<typeof sweepTarget>): unknown {
  switch (type) {
    case 'number':
    case 'whole-number':
      return sweepNumber(part) ?? part; // what is no number stays as typed, for the schema to name
    case 'list':
      return listOf(part);
    case 'part': {
      const json = parseJson(part);
      return json === undefined ? part : json;
    }
    default:
      return part;
  }
}

function listOf(part: string): unknown {
  if (part.startsWith('[')) return parseJson(part) ?? part;
  return part
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((entry) => sweepNumber(entry) ?? entry);
}

/** `n` values from a to b: evenly, or evenly in the logarithm and rounded to four figures; ends as typed. */
function rangeValues([text, way, from, to, times]: RegExpExecArray, type: 'number' | 'whole-number') {
  const [a, b, n] = [sweepNumber(from!), sweepNumber(to!), Number(times)];
  if (a === null || b === null || n < 2 || n > mostValues) return `"${text}"`;
  const isLog = way!.toLowerCase() === 'log';
  if (isLog && (a <= 0 || b <= 0)) return `"${text}", and logarithms need numbers above 0`;
  const values = Array.from({ length: n }, (_, index) => {
    if (index === 0) return a;
    if (index === n - 1) return b;
    const share = index / (n - 1);
    const value = isLog ? a * (b / a) ** share : a + (b - a) * share;
    return Number(value.toPrecision(isLog ? 4 : 10));
  });
  return type === 'number' ? values : [...new Set(values.map(Math.round))];
}

/** `1e-3`, `0.001`, `60k`, `1.5M`; null where the text is no number. A comma separates values, so it groups no digits. */
export function sweepNumber(text: string): number | null {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([km]?)$/i.exec(text.trim().replaceAll('−', '-'));
  if (!match) return null;
  const value = Number(match[1]) * ({ k: 1e3, m: 1e6 }[match[2]!.toLowerCase()] ?? 1);
  return Number.isFinite(value) ? value : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return undefined; // the caller says what it should have been
  }
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** Values as one would type them again: the inverse of reading. */
export function sweepText(path: string, values: readonly unknown[]): string {
  if (values.some((value) => typeof value === 'object' && !Array.isArray(value))) return JSON.stringify(values);
  return sweepTarget(path) === 'list'
    ? values.map((value) => (Array.isArray(value) ? value.join(', ') : String(value))).join('; ')
    : values.map(String).join(', ');
}

/** A value in a few letters: `0.05`, `adam`, `40-40`, `norm 1`. */
export function valueWord(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueWord).join('-');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(valueWord).join(' ');
  return String(value);
}
