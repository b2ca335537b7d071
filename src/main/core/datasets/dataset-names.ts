import { InnerloopError } from '../../../shared/contract/errors.ts';
import { quoted } from '../../files/file-error.ts';

/** A name as people give it, tidied; throws `invalid-request` when it cannot be one. */
export function tidyName(name: string): string {
  const tidy = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (tidy.length === 0 || tidy.length > 100) {
    throw new InnerloopError('invalid-request', 'A dataset needs a name of 1 to 100 characters.');
  }
  if (/\p{Cc}/u.test(tidy)) {
    throw new InnerloopError('invalid-request', `The name ${quoted(tidy)} has characters that cannot be shown.`);
  }
  return tidy;
}

/** The name of an import that was given none: that of its file or folder. */
export function nameOfSource(source: string): string {
  const plain = source
    .replace(/\.(zip|csv|tsv|tab|jsonl|ndjson|txt)$/i, '')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 100)
    .trim();
  return plain === '' ? 'dataset' : plain;
}

/** Throws `in-use` with a free name when another dataset (or one that is being imported) has the name already. */
export function refuseTaken(name: string, taken: readonly string[]): void {
  const known = new Set(taken.map((other) => other.toLowerCase()));
  if (!known.has(name.toLowerCase())) return;
  let number = 2;
  while (known.has(`${name}-${number}`.toLowerCase())) number += 1;
  throw new InnerloopError(
    'in-use',
    `There is a dataset ${quoted(name)} already. Choose another name, such as ${quoted(`${name}-${number}`)}.`,
  );
}

/** An id that says what it is: the name's letters and digits, and a suffix that makes it unique. */
export function idFor(name: string, suffix: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? `dataset-${suffix}` : `${slug}-${suffix}`;
}
