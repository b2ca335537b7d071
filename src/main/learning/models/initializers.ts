import type { Random } from '../../../shared/random/random.ts';

/** Fills a parameter at the start of a run, once, from a seeded generator. */
export type Initializer = (shape: readonly number[], random: Random) => Float32Array;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const drawn = (shape: readonly number[], draw: () => number): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, draw);

/** Fan-in and fan-out of a dense matrix [in, out] or a convolution kernel [height, width, in, out]. */
function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const receptiveField = sizeOf(shape.slice(0, -2));
  return { fanIn: receptiveField * shape.at(-2)!, fanOut: receptiveField * shape.at(-1)! };
}

export const constant =
  (value: number): Initializer =>
  (shape) =>
    new Float32Array(sizeOf(shape)).fill(value);

export const uniform =
  (low: number, high: number): Initializer =>
  (shape, random) =>
    drawn(shape, () => random.uniformBetween(low, high));

export const zeros = constant(0);
export const ones = constant(1);

/** Glorot and Bengio 2010, equation 16: uniform with variance 2 / (fan-in + fan-out). Also called Xavier. */
export const glorotUniform: Initializer = (shape, random) => {
  const { fanIn, fanOut } = fans(shape);
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return drawn(shape, () => random.uniformBetween(-limit, limit));
};
