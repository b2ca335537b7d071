/** A vocabulary of word pieces made of texts, for an encoder that starts from nothing. */

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const;
/** Letters of a large script fit; rarer ones become [UNK]. */
const MOST_LETTERS = 500;

/**
 * BERT's special tokens, the letters alone and within words, then whole words by falling count, at most `size` in all:
 * the text of a vocab.txt. Words that did not fit are spelled with letters.
 */
export function vocabularyOf(texts: Iterable<string>, size: number): string {
  const letters = new Map<string, number>();
  const words = new Map<string, number>();
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      words.set(word, (words.get(word) ?? 0) + 1);
      for (const letter of word) letters.set(letter, (letters.get(letter) ?? 0) + 1);
    }
  }
  const spelling = byCount(letters)
    .slice(0, Math.min(MOST_LETTERS, Math.floor((size - SPECIAL.length) / 2)))
    .flatMap((letter) => [letter, `##${letter}`]);
  const known = new Set<string>([...SPECIAL, ...spelling]);
  for (const word of byCount(words)) {
    if (known.size >= size) break;
    if ((words.get(word) ?? 0) > 1) known.add(word);
  }
  return `${[...known].join('\n')}\n`;
}

/** As BERT's tokenizer sees them: lower case without accents, each punctuation mark a word of its own. */
const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

const byCount = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
