import { InnerloopError } from '../../../shared/contract/errors.ts';
import { fromScratch } from '../../../shared/run-config/start-model.ts';
import { quoted } from '../../files/file-error.ts';

/** A model's name as people give it, tidied; throws `invalid-request` when it cannot be one. */
export function tidyModelName(name: string): string {
  const tidy = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (tidy.length === 0 || tidy.length > 100) {
    throw new InnerloopError('invalid-request', 'A model needs a name of 1 to 100 characters.');
  }
  if (tidy.toLowerCase() === fromScratch) {
    throw new InnerloopError(
      'invalid-request',
      `A model cannot be called "${tidy}": that is what a run without a model says.`,
    );
  }
  if (/\p{Cc}/u.test(tidy)) {
    throw new InnerloopError('invalid-request', `The name ${quoted(tidy)} has characters that cannot be shown.`);
  }
  return tidy;
}

/** `wish`, or the first of `wish-2`, `wish-3` ... that nothing is called; `taken` without regard to letters' case. */
export function freeName(wish: string, taken: readonly string[]): string {
  const known = new Set(taken.map((name) => name.toLowerCase()));
  if (!known.has(wish.toLowerCase())) return wish;
  let number = 2;
  while (known.has(`${wish}-${number}`.toLowerCase())) number += 1;
  return `${wish}-${number}`;
}

/** Throws `in-use` with a free name when the name means a model already, now or in stored runs. */
export function refuseTakenModelName(name: string, taken: readonly string[]): void {
  const free = freeName(name, taken);
  if (free === name) return;
  throw new InnerloopError(
    'in-use',
    `The name ${quoted(name)} means a model already. Choose another, such as ${quoted(free)}.`,
  );
}
