import type { Comparison, FilterError } from './filter-tree.ts';

/** A part of a filter's text: where it stands, and what it is. */
export interface Span {
  readonly at: number;
  readonly length: number;
}
export interface FilterWord extends Span {
  readonly text: string;
  readonly quoted: 'yes' | 'no';
}
export type FilterToken = Span &
  (
    | { readonly kind: 'or' | 'not' | 'open' | 'close' }
    | { readonly kind: 'word'; readonly text: string }
    | {
        readonly kind: 'field';
        readonly field: string;
        readonly comparison: Comparison;
        readonly values: readonly FilterWord[];
      }
  );

/** Thrown while a filter is read; `problem` goes to the person who types. */
export class FilterSyntaxError extends Error {
  readonly problem: FilterError;
  constructor(message: string, expected: string, { at, length }: Span) {
    super(message);
    this.name = 'FilterSyntaxError';
    this.problem = { message, expected, at, length };
  }
}

const comparisons: Readonly<Record<string, Comparison>> = {
  ':': 'is',
  '=': 'is',
  '!=': 'is-not',
  '>': 'more',
  '>=': 'at-least',
  '<': 'less',
  '<=': 'at-most',
};

const fieldStart = /[A-Za-z][A-Za-z0-9./_-]*(?=(?:!=|>=|<=|[:=<>]))/y;
const comparisonSign = /!=|>=|<=|[:=<>]/y;
const bareWord = /[^\s()",]+/y;
const bareValue = /[^\s(),"]+/y;

/** Cuts a filter into tokens. Throws FilterSyntaxError for an open quote or a field without a value. */
export function tokenize(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  const quoted = (): FilterWord => {
    const end = text.indexOf('"', at + 1);
    if (end === -1) {
      throw new FilterSyntaxError('This quote is not closed.', 'a closing quote', { at, length: text.length - at });
    }
    const word = { at, length: end + 1 - at, text: text.slice(at + 1, end), quoted: 'yes' as const };
    at = end + 1;
    return word;
  };
  const value = (): FilterWord | null => {
    if (text[at] === '"') return quoted();
    const found = match(bareValue);
    if (found === null) return null;
    const word = { at, length: found.length, text: found, quoted: 'no' as const };
    at += found.length;
    return word;
  };
  const valueList = (field: string, start: number): FilterWord[] => {
    const values: FilterWord[] = [];
    do {
      if (values.length > 0) at++; // the comma
      const next = value();
      if (!next) {
        throw new FilterSyntaxError(`${field} has no value here.`, `${field}:value`, { at: start, length: at - start });
      }
      values.push(next);
    } while (text[at] === ',');
    return values;
  };
  const fieldToken = (field: string): FilterToken => {
    const start = at;
    at += field.length;
    const sign = match(comparisonSign)!;
    at += sign.length;
    const values = valueList(field, start);
    return { kind: 'field', field, comparison: comparisons[sign]!, values, at: start, length: at - start };
  };

  while (at < text.length) {
    const character = text[at]!;
    const field = match(fieldStart);
    if (/[\s,]/.test(character)) at++;
    else if (character === '(' || character === ')') {
      tokens.push({ kind: character === '(' ? 'open' : 'close', at, length: 1 });
      at++;
    } else if (character === '-' && /[^\s]/.test(text[at + 1] ?? ' ')) {
      tokens.push({ kind: 'not', at, length: 1 });
      at++;
    } else if (character === '"') {
      const word = quoted();
      tokens.push({ kind: 'word', text: word.text, at: word.at, length: word.length });
    } else if (field !== null) tokens.push(fieldToken(field));
    else {
      const word = match(bareWord)!;
      if (/^or$/i.test(word)) tokens.push({ kind: 'or', at, length: word.length });
      else if (!/^and$/i.test(word)) tokens.push({ kind: 'word', text: word, at, length: word.length });
      at += word.length;
    }
  }
  return tokens;
}
