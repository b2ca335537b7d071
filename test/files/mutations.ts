import type { Random } from '../../src/shared/random/random.ts';

/** A damaged copy: some flipped bits, a cut, a run of zeros, a repeated part, or a huge number. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = (): number => random.integer(copy.length);
  switch (random.integer(5)) {
    case 0:
      for (let i = random.integer(8); i >= 0; i--) copy[at()]! ^= 1 << random.integer(8);
      return copy;
    case 1:
      return copy.subarray(0, at());
    case 2:
      return copy.fill(0, at(), at());
    case 3: {
      const from = at();
      copy.copyWithin(at(), from, from + random.integer(64));
      return copy;
    }
    default: {
      const start = Math.min(at(), Math.max(0, copy.length - 8));
      return copy.fill(random.integer(2) === 0 ? 0xff : 0x7f, start, start + 1 + random.integer(8));
    }
  }
}
