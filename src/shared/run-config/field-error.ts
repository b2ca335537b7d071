import type { z } from 'zod';

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
  const shown = given === undefined ? 'nothing' : JSON.stringify(given);
  switch (issue.code) {
    case 'invalid_type':
      return [
        given === undefined
          ? { path, message: `${path} is missing.`, allowed: typeName(issue.expected) }
          : wrong(path, shown, typeName(issue.expected)),
      ];
    case 'too_small':
      return [limit(path, shown, issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)];
    case 'too_big':
      return [limit(path, shown, issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)];
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
        return {
          path: full,
          message: `${full} is not a field of a run.`,
          allowed: 'only known fields (see config schema)',
        };
      });
    default:
      return [{ path, message: `${path}: ${issue.message}`, allowed: 'see config schema' }];
  }
}

function wrong(path: string, shown: string, allowed: string): FieldError {
  return { path, message: `${path} is ${shown}; allowed: ${allowed}.`, allowed };
}

function limit(path: string, shown: string, origin: string, word: string, bound: number | bigint): FieldError {
  const size = origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
  const allowed = `${word} ${bound}${size}`;
  const inclusive = word.startsWith('at');
  const nearest = size === '' && inclusive ? { nearest: Number(bound) } : {};
  return { ...wrong(path, shown, allowed), ...nearest };
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
  const ranked = values.map((value) => ({ value, distance: editDistance(given.toLowerCase(), value.toLowerCase()) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, given.length / 2) ? { ...error, nearest: best.value } : error;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length]!;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
