import { z } from 'zod';

/** Encodings that a source of texts may be said to have; names of the WHATWG standard. */
export const textEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-2',
  'iso-8859-15',
  'koi8-r',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export type TextEncoding = (typeof textEncodings)[number];

/**
 * `auto`: what a byte order mark says, else UTF-8; a file (of a table, a line) that is no UTF-8 is read as
 * windows-1252, which Western European texts from before UTF-8 are, Latin-1 included.
 */
export const textEncodingChoiceSchema = z.enum(['auto', ...textEncodings]);
export type TextEncodingChoice = z.infer<typeof textEncodingChoiceSchema>;

/** What `auto` takes for bytes that are no UTF-8. */
export const otherwiseTaken = 'windows-1252' satisfies TextEncoding;

/** What an import took its texts for. */
export const encodingFactsSchema = z.object({
  chosen: textEncodingChoiceSchema,
  /** Files of folders, lines of tables. */
  unit: z.enum(['file', 'line']),
  /** How many of them were read as what. */
  counts: z.array(z.object({ encoding: z.enum(textEncodings), amount: z.number() })),
});
export type EncodingFacts = z.infer<typeof encodingFactsSchema>;

/** "UTF-8", "utf-16le": as people write it. */
export const encodingName = (encoding: TextEncoding): string => (encoding === 'utf-8' ? 'UTF-8' : encoding);

/** "UTF-8; 500 files as windows-1252", "windows-1251 (chosen)". */
export function encodingWords({ chosen, unit, counts }: EncodingFacts): string {
  const [first, ...others] = [...counts].sort((a, b) => b.amount - a.amount);
  if (!first) return chosen === 'auto' ? 'unknown' : encodingName(chosen);
  const more = others.map(({ encoding, amount }) => `${several(amount, unit)} as ${encodingName(encoding)}`);
  return [`${encodingName(first.encoding)}${chosen === 'auto' ? '' : ' (chosen)'}`, ...more].join('; ');
}

/** What a person should know of how texts were read; null where all were UTF-8, or as chosen. */
export function encodingNote({ chosen, unit, counts }: EncodingFacts): string | null {
  const amount = counts.find(({ encoding }) => encoding === otherwiseTaken)?.amount ?? 0;
  if (chosen !== 'auto' || amount === 0) return null;
  const were = amount === 1 ? 'is no UTF-8 text and was' : 'are no UTF-8 text and were';
  return `${several(amount, unit)} ${were} read as ${otherwiseTaken}. Choose the encoding if that is not right.`;
}

const several = (amount: number, unit: EncodingFacts['unit']): string =>
  `${amount.toLocaleString('en')} ${unit}${amount === 1 ? '' : 's'}`;
