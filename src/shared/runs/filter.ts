import { nearestWord } from '../text/nearest-word.ts';
import { filterField, filterFieldNames } from './filter-fields.ts';
import { FilterSyntaxError, type FilterToken, tokenize } from './filter-tokens.ts';
import type { FilterError, FilterNode } from './filter-tree.ts';
import { readFilterValue } from './filter-values.ts';

export type ParsedFilter =
  /** null: nothing to filter by. */
  { readonly ok: true; readonly filter: FilterNode | null } | { readonly ok: false; readonly error: FilterError };

/**
 * Reads the filter language: `field:value,value field>number -field:"two words" word (a or b)`. A space means and, `or`
 * binds looser, brackets group, `-` denies. 40% and 0.40 are the same. `now` (ms) anchors dates such as `7d`.
 */
export function parseFilter(text: string, now: number): ParsedFilter {
  try {
    const tokens = tokenize(text);
    if (tokens.length === 0) return { ok: true, filter: null };
    const reader = createReader(tokens, text.length);
    const filter = readOr(reader, now);
    const rest = reader.peek();
    if (rest) throw new FilterSyntaxError('This bracket closes nothing.', 'an opening bracket before it', rest);
    return { ok: true, filter };
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    return { ok: false, error: error.problem };
  }
}

interface Reader {
  peek(): FilterToken | undefined;
  take(): FilterToken | undefined;
  readonly end: { readonly at: number; readonly length: number };
}

function createReader(tokens: readonly FilterToken[], length: number): Reader {
  let next = 0;
  return {
    peek: () => tokens[next],
    take: () => tokens[next++],
    end: { at: Math.max(0, length - 1), length: 1 },
  };
}

function readOr(reader: Reader, now: number): FilterNode {
  const parts = [readAnd(reader, now)];
  while (reader.peek()?.kind === 'or') {
    reader.take();
    parts.push(readAnd(reader, now));
  }
  return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
}

function readAnd(reader: Reader, now: number): FilterNode {
  const parts: FilterNode[] = [];
  for (let token = reader.peek(); token && token.kind !== 'or' && token.kind !== 'close'; token = reader.peek()) {
    parts.push(readPart(reader, now));
  }
  if (parts.length === 0) {
    throw new FilterSyntaxError('Something is missing here.', 'a word or field:value', reader.peek() ?? reader.end);
  }
  return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
}

function readPart(reader: Reader, now: number): FilterNode {
  const token = reader.take()!;
  switch (token.kind) {
    case 'not':
      if (!reader.peek()) throw new FilterSyntaxError('Nothing follows the minus.', 'what to leave out', token);
      return { kind: 'not', part: readPart(reader, now) };
    case 'open': {
      const inner = readOr(reader, now);
      if (reader.take()?.kind !== 'close') {
        throw new FilterSyntaxError('This bracket is not closed.', 'a closing bracket', token);
      }
      return inner;
    }
    case 'word':
      return { kind: 'words', text: token.text };
    case 'field':
      return fieldNode(token, now);
    default:
      throw new FilterSyntaxError('Something is missing here.', 'a word or field:value', token);
  }
}

function fieldNode(token: Extract<FilterToken, { readonly kind: 'field' }>, now: number): FilterNode {
  const field = filterField(token.field);
  if (!field) {
    const nearest = nearestWord(token.field, filterFieldNames());
    throw new FilterSyntaxError(
      `There is no field ${token.field}.`,
      nearest ? `${nearest}, or another field or metric` : 'a field of a run, such as state, seed or inner.rate',
      { at: token.at, length: token.field.length },
    );
  }
  const ordered = field.kind === 'number' || field.kind === 'duration' || field.kind === 'date';
  if (!ordered && token.comparison !== 'is' && token.comparison !== 'is-not') {
    throw new FilterSyntaxError(`${field.name} has no order.`, `${field.name}:value`, token);
  }
  const values = token.values.map((value) => readFilterValue(field, value, now));
  return { kind: 'field', field, comparison: token.comparison, values };
}
