import type { z } from 'zod';
import { nearestWord } from '../text/nearest-word.ts';
import { fieldNamesAt, limitsInWords, numberLimits } from './field-limits.ts';

/** One wrong field: where, what was wrong, what is allowed, and the nearest valid value where there is one. */
export interface FieldError {
  /** Dotted path, such as `inner.rate`; empty for the whole config. */
  readonly path: string;
  readonly message: string;
  readonly allowed: string;
  readonly nearest?: number | string;
}

type Issue = z.core.$ZodIssue;

/** Plain sentences for a failed validation, at most one per path, in the order of the schema. */
export function fieldErrors(error: z.ZodError, input: unknown): FieldError[] {
  const byPath = new Map<string, FieldError>();
  for (const issue of error.issues) {
    for (const field of describe(issue, input)) {
      if (!byPath.has(field.path)) byPath.set(field.path, field);
    }
  }
  return [...byPath.values()];
}

function describe(issue: Issue, input: unknown): FieldError[] {
  const path = issue.path.map(String).join('.');
  const given = valueAt(input, issue.path);
  const shown = inWords(given);
  const limits = numberLimits(input, issue.path);
  switch (issue.code) {
    case 'invalid_type': {
      const allowed = limits ? limitsInWords(limits) : typeName(issue.expected);
      return [
        given === undefined
          ? { path, message: `${path} is missing; allowed: ${allowed}.`, allowed }
          : wrong(path, shown, allowed),
      ];
    }
    case 'too_small':
    case 'too_big': {
      const bound = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
      if (!limits) return [wrong(path, shown, sizeInWords(issue.code, issue.origin, bound))];
      const nearest = issue.inclusive === false ? {} : { nearest: bound };
      return [{ ...wrong(path, shown, limitsInWords(limits)), ...nearest }];
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      return [withNearest(wrong(path, shown, values.join(' or ')), given, values)];
    }
    case 'invalid_union': {
      // A discriminated union's path already ends in its discriminator.
      const options = unionOptions(issue);
      return [withNearest(wrong(path, shown, options.join(' or ')), given, options)];
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const full = path ? `${path}.${key}` : key;
        const known = fieldNamesAt(input, issue.path);
        const error = {
          path: full,
          message: `${full} is not a field of a run; fields here: ${known.join(', ')}.`,
          allowed: known.join(', '),
        };
        const nearest = nearestWord(key, known);
        return nearest === undefined ? error : { ...error, nearest };
      });
    default:
      return [{ path, message: `${path}: ${issue.message}`, allowed: 'see config schema' }];
  }
}

function wrong(path: string, shown: string, allowed: string): FieldError {
  return { path, message: `${path} is ${shown}; allowed: ${allowed}.`, allowed };
}

/** Length of texts and lists: "at least 1 entry". */
function sizeInWords(code: 'too_small' | 'too_big', origin: string, bound: number): string {
  const [one, many] = origin === 'array' ? ['entry', 'entries'] : ['character', 'characters'];
  return `${code === 'too_small' ? 'at least' : 'at most'} ${bound} ${bound === 1 ? one : many}`;
}

/** A value as a person wrote it, shortened when it is long. */
function inWords(given: unknown): string {
  if (given === undefined) return 'nothing';
  if (typeof given === 'number') return String(given); // JSON would turn NaN into null
  const text = JSON.stringify(given);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function typeName(expected: string): string {
  const names: Record<string, string> = {
    int: 'a whole number',
    number: 'a number',
    string: 'text',
    array: 'a list',
    object: 'an object',
    boolean: 'true or false',
  };
  return names[expected] ?? expected;
}

function unionOptions(issue: Issue): readonly string[] {
  const options = (issue as { readonly options?: readonly unknown[] }).options;
  return options ? options.map(String) : ['one of the known kinds'];
}

function withNearest(error: FieldError, given: unknown, values: readonly string[]): FieldError {
  if (typeof given !== 'string' || values.length === 0) return error;
  const nearest = nearestWord(given, values);
  return nearest === undefined ? error : { ...error, nearest };
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
