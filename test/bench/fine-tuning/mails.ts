/** What a classifier reads of a mail, and which mails it is trained and measured on. */

import { createRandom } from '../../../src/shared/random/random.ts';

export type Label = 'ham' | 'spam';
export type Split = 'train' | 'dev' | 'test';

export interface Mail {
  readonly text: string;
  readonly label: Label;
}

export interface DividedMail extends Mail {
  readonly split: Split;
}

/**
 * Subject and body of a mail, white space as single blanks. The other header lines are left out, since hosts and dates in them
 * tell which collection a mail is from; marks of HTML and MIME stay.
 */
export function textOf(mail: string): string {
  const lines = mail.replaceAll('\r\n', '\n');
  const end = lines.indexOf('\n\n');
  const head = end === -1 ? lines : lines.slice(0, end);
  const subject = /^subject:((?:.*)(?:\n[ \t].*)*)/im.exec(head)?.[1] ?? '';
  const body = end === -1 ? '' : lines.slice(end);
  return `${subject} ${body}`.replaceAll(/\s+/g, ' ').trim();
}

/** The mails with something to read, the first of those that read the same. */
export function distinct(mails: readonly Mail[]): Mail[] {
  const seen = new Set<string>();
  return mails.filter(({ text }) => text !== '' && !seen.has(text) && seen.add(text));
}

/**
 * As many mails for each split as asked, drawn by the seed, each with the share of spam that all mails have. Throws when
 * there are too few.
 */
export function divide(mails: readonly Mail[], sizes: Readonly<Record<Split, number>>, seed: number): DividedMail[] {
  const wanted = sizes.train + sizes.dev + sizes.test;
  if (wanted > mails.length) throw new Error(`${wanted} mails are wanted and there are ${mails.length}.`);
  const random = createRandom(seed, 'mails');
  const drawn = (label: Label) => random.shuffle(mails.filter((mail) => mail.label === label));
  const [spam, ham] = [drawn('spam'), drawn('ham')];
  const share = spam.length / mails.length;
  return (['train', 'dev', 'test'] as const).flatMap((split) => {
    const spamCount = Math.round(sizes[split] * share);
    const own = [...spam.splice(0, spamCount), ...ham.splice(0, sizes[split] - spamCount)];
    return random.shuffle(own).map((mail) => ({ ...mail, split }));
  });
}
