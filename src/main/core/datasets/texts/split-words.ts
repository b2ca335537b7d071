/** Words that corpora use for splits; positions in `splitCodes`. */
const words: Readonly<Record<string, 0 | 1 | 2 | 3>> = {
  train: 0,
  training: 0,
  validation: 1,
  valid: 1,
  val: 1,
  dev: 1,
  development: 1,
  test: 2,
  testing: 2,
  eval: 2,
  evaluation: 2,
  unused: 3,
  unsup: 3,
  unsupervised: 3,
  none: 3,
};

export const splitWordsAllowed = 'train, validation (or dev), test, unused';

/** The split code of a word in any case; an empty one is unused, an unknown one undefined. */
export function splitCodeOf(word: string): 0 | 1 | 2 | 3 | undefined {
  const tidy = word.trim().toLowerCase();
  if (tidy === '') return 3;
  return Object.hasOwn(words, tidy) ? words[tidy] : undefined;
}
