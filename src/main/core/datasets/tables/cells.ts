import type { Cell } from '../texts/text-source.ts';

/** Words for a cell without a value, in any case. */
const missingWords = new Set(['', 'na', 'n/a', 'nan', 'null', '?']);

/** A cell as a tidy word; null where it has no value: empty, NA, NaN, null or ?. Lists are their JSON. */
export function wordOf(cell: Cell): string | null {
  if (cell === null) return null;
  const word = typeof cell === 'string' ? cell.normalize('NFC').trim() : JSON.stringify(cell);
  return missingWords.has(word.toLowerCase()) ? null : word;
}

/**
 * A word as a number, null where it is none. Read are a sign, digits, a decimal point and an exponent: -1.5e-3. A decimal
 * comma, separators of thousands, units and infinity are not: they would have to be guessed.
 */
export function numberOf(word: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return null;
  const number = Number(word);
  return Number.isFinite(number) ? number : null;
}
