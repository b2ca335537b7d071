/**
 * The one source of randomness: xoshiro128** (Blackman and Vigna 2018, https://prng.di.unimi.it/xoshiro128starstar.c),
 * seeded by SplitMix32 over a hash of the seed and a stream name.
 *
 * Named streams keep parts of a run independent: drawing more validation episodes never shifts the training tasks.
 * A generator is a value with state; `state()` and `fromState()` make pause and resume exact.
 */
export interface Random {
  /** Uniform integer in [0, 2^32). */
  nextUint32(): number;
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Uniform in [low, high). */
  uniformBetween(low: number, high: number): number;
  /** Uniform integer in [0, bound), without modulo bias; bound in 1..2^32. */
  integer(bound: number): number;
  /** Standard normal (Box-Muller; one value per call, the pair's second value is kept). */
  normal(): number;
  /** `count` different integers of [0, bound), in random order. Throws when count > bound. */
  sample(bound: number, count: number): number[];
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T>(items: T[]): T[];
  /** An independent generator named below this one; does not advance this one. */
  stream(name: string): Random;
  state(): RandomState;
}

export interface RandomState {
  readonly words: readonly [number, number, number, number];
  readonly spareNormal: number | null;
  readonly path: string;
}

/** A generator for `seed` (any safe integer) and a stream name such as `train-tasks`. */
export function createRandom(seed: number, stream = ''): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`Seed must be a whole number, got ${seed}.`);
  return fromPath(`${seed}/${stream}`);
}

/** Continues a generator exactly where `state()` was taken. */
export function randomFromState(state: RandomState): Random {
  return generator([...state.words], state.spareNormal, state.path);
}

function fromPath(path: string): Random {
  let mix = fnv1a(path);
  const words = [0, 0, 0, 0].map(() => {
    mix = (mix + 0x9e3779b9) | 0;
    let word = mix;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  }) as [number, number, number, number];
  if (words.every((word) => word === 0)) words[0] = 1; // the all-zero state is a fixed point
  const random = generator(words, null, path);
  for (let i = 0; i < 8; i++) random.nextUint32(); // neighbouring seeds start far apart
  return random;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

function generator(words: [number, number, number, number], initialSpare: number | null, path: string): Random {
  let [a, b, c, d] = words;
  let spare = initialSpare;

  const nextUint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  const uniform = (): number => ((nextUint32() >>> 5) * 0x4000000 + (nextUint32() >>> 6)) / 0x20000000000000;
  const integer = (bound: number): number => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 0x100000000) {
      throw new RangeError(`Random integer bound must be a whole number in 1..2^32, got ${bound}.`);
    }
    const limit = 0x100000000 - (0x100000000 % bound); // rejects the incomplete last block
    let value = nextUint32();
    while (value >= limit) value = nextUint32();
    return value % bound;
  };
  const normal = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const sample = (bound: number, count: number): number[] => {
    if (count > bound) throw new RangeError(`Cannot draw ${count} different items of ${bound}.`);
    const moved = new Map<number, number>(); // a sparse Fisher-Yates: O(count) even for a large bound
    const drawn: number[] = [];
    for (let i = 0; i < count; i++) {
      const j = i + integer(bound - i);
      drawn.push(moved.get(j) ?? j);
      moved.set(j, moved.get(i) ?? i);
    }
    return drawn;
  };
  const shuffle = <T>(items: T[]): T[] => {
    for (let i = items.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      [items[i], items[j]] = [items[j] as T, items[i] as T];
    }
    return items;
  };
  return {
    nextUint32,
    uniform,
    uniformBetween: (low, high) => low + (high - low) * uniform(),
    integer,
    normal,
    sample,
    shuffle,
    stream: (name) => fromPath(`${path}/${name}`),
    state: () => ({ words: [a >>> 0, b >>> 0, c >>> 0, d >>> 0], spareNormal: spare, path }),
  };
}
