import { nearestWord } from '../text/nearest-word.ts';
import type { FilterField } from './filter-fields.ts';
import { FilterSyntaxError, type FilterWord } from './filter-tokens.ts';
import type { FilterValue } from './filter-tree.ts';

/** Reads one value of a field: `40%`, `1e-3`, `60k`, `5m`, `2026-11-24`, `7d`, a word. Throws FilterSyntaxError. */
export function readFilterValue(field: FilterField, word: FilterWord, now: number): FilterValue {
  switch (field.kind) {
    case 'text':
      return { kind: 'text', text: word.text };
    case 'choice':
      return { kind: 'text', text: choiceOf(field, word) };
    case 'number':
      return { kind: 'number', number: numberOf(field, word) };
    case 'duration':
      return { kind: 'number', number: durationOf(field, word) };
    case 'date':
      return dateOf(field, word, now);
  }
}

function choiceOf(field: FilterField, word: FilterWord): string {
  const { choices } = field;
  const found = choices?.find((choice) => choice.toLowerCase() === word.text.toLowerCase());
  if (!choices || found !== undefined) return found ?? word.text;
  const nearest = nearestWord(word.text, choices);
  throw new FilterSyntaxError(
    `${field.name} is never ${word.text}.`,
    nearest === undefined ? choices.join(', ') : `${nearest}; possible: ${choices.join(', ')}`,
    word,
  );
}

function numberOf(field: FilterField, word: FilterWord): number {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|k)?$/i.exec(word.text.replace('−', '-'));
  if (!match) throw new FilterSyntaxError(`${word.text} is no number.`, `a number, such as ${field.name}>0.9`, word);
  const value = Number(match[1]);
  if (match[2] === '%') return value / 100; // not * 0.01, which is off by a bit for some
  return match[2] === undefined ? value : value * 1000;
}

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function durationOf(field: FilterField, word: FilterWord): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|min|h|d)$/i.exec(word.text);
  if (!match) {
    throw new FilterSyntaxError(`${word.text} is no duration.`, `such as ${field.name}>90s, 5m or 2h`, word);
  }
  return Number(match[1]) * unitMs[match[2]!.toLowerCase()]!;
}

/** A day is the range of its 24 hours in local time; `7d` the moment so long before now, up to now. */
function dateOf(field: FilterField, word: FilterWord, now: number): FilterValue {
  const ago = /^(\d+)(h|d)$/i.exec(word.text);
  if (ago) return { kind: 'range', from: now - Number(ago[1]) * unitMs[ago[2]!.toLowerCase()]!, to: now + 1 };
  const startOfToday = new Date(now).setHours(0, 0, 0, 0);
  if (word.text === 'today') return { kind: 'range', from: startOfToday, to: nextDay(startOfToday) };
  if (word.text === 'yesterday') return { kind: 'range', from: dayBefore(startOfToday), to: startOfToday };
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word.text);
  const from = day ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])).getTime() : Number.NaN;
  if (Number.isNaN(from)) {
    throw new FilterSyntaxError(
      `${word.text} is no date.`,
      `such as ${field.name}:today, ${field.name}>2026-11-24 or ${field.name}:7d`,
      word,
    );
  }
  return { kind: 'range', from, to: nextDay(from) };
}

const nextDay = (midnight: number): number => {
  const date = new Date(midnight);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
};
const dayBefore = (midnight: number): number => {
  const date = new Date(midnight);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - 1).getTime();
};
