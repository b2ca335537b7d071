import type { Random } from '../../../shared/random/random.ts';
import type { Initialization } from '../../../shared/run-config/schema.ts';

/** Fills a parameter at the start of a run, once, from a seeded generator. */
export type Initializer = (shape: readonly number[], random: Random) => Float32Array;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const drawn = (shape: readonly number[], draw: () => number): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, draw);

interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Fan-in and fan-out of a dense matrix [in, out] or a convolution kernel [..., in, out]. */
function fans(shape: readonly number[]): Fans {
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

const uniformOfVariance =
  (varianceOf: (fans: Fans) => number): Initializer =>
  (shape, random) => {
    const limit = Math.sqrt(3 * varianceOf(fans(shape)));
    return drawn(shape, () => random.uniformBetween(-limit, limit));
  };

const normalOfVariance =
  (varianceOf: (fans: Fans) => number): Initializer =>
  (shape, random) => {
    const deviation = Math.sqrt(varianceOf(fans(shape)));
    return drawn(shape, () => deviation * random.normal());
  };

/** Normal numbers drawn again where they lie beyond two standard deviations, as TensorFlow does. */
const truncatedNormal =
  (deviation: number): Initializer =>
  (shape, random) =>
    drawn(shape, () => {
      let value = random.normal();
      while (Math.abs(value) > 2) value = random.normal();
      return deviation * value;
    });

const glorotVariance = ({ fanIn, fanOut }: Fans): number => 2 / (fanIn + fanOut);
const heVariance = ({ fanIn }: Fans): number => 2 / fanIn;
const lecunVariance = ({ fanIn }: Fans): number => 1 / fanIn;

/** Glorot and Bengio 2010, equation 16: uniform with variance 2 / (fan-in + fan-out). Also called Xavier. */
export const glorotUniform: Initializer = (shape, random) => {
  const { fanIn, fanOut } = fans(shape);
  const limit = Math.sqrt(6 / (fanIn + fanOut)); // not 3 * variance: old runs repeat to the bit
  return drawn(shape, () => random.uniformBetween(-limit, limit));
};

/** What kernels start from, by the name in a config. */
export const initializers: Readonly<Record<Initialization, Initializer>> = {
  'glorot-uniform': glorotUniform,
  'glorot-normal': normalOfVariance(glorotVariance), // Glorot and Bengio 2010
  'he-uniform': uniformOfVariance(heVariance), // He, Zhang, Ren, Sun 2015, arXiv 1502.01852
  'he-normal': normalOfVariance(heVariance), // the same, section 2.2, by fan-in
  'lecun-normal': normalOfVariance(lecunVariance), // LeCun, Bottou, Orr, Müller 1998, section 4.6
  'truncated-normal-0.01': truncatedNormal(0.01), // the code of Finn 2017
};
