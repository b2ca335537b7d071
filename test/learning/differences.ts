import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../../src/shared/random/random.ts';

/** Numeric derivatives to hold analytic ones against. float32: keep values near 1, and away from kinks. */

export type ScalarFunction = (...inputs: tf.Tensor[]) => tf.Tensor;

/** Values in +-[low, high], seeded, all different. */
export function randomTensor(name: string, shape: number[], low = 0.2, high = 1): tf.Tensor {
  const random = createRandom(7, name);
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => {
    const size = random.uniformBetween(low, high);
    return random.uniform() < 0.5 ? -size : size;
  });
  return tf.tensor(values, shape, 'float32');
}

export const positiveTensor = (name: string, shape: number[]): tf.Tensor =>
  tf.tidy(() => tf.abs(randomTensor(name, shape)));

/** Euclidean norm of a - b over the norm of b. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    norm += b[i]! ** 2;
  }
  return Math.sqrt(difference) / Math.sqrt(norm || 1);
}

const directionOf = (inputs: readonly tf.Tensor[]): tf.Tensor[] =>
  inputs.map((input, i) => randomTensor(`direction ${i}`, input.shape));

const moved = (inputs: readonly tf.Tensor[], direction: readonly tf.Tensor[], by: number): tf.Tensor[] =>
  inputs.map((input, i) => tf.add(input, tf.mul(direction[i]!, by)));

const flat = (tensors: readonly tf.Tensor[]): Float32Array =>
  tf.tidy(() => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1]))).dataSync() as Float32Array);

const dot = (a: readonly tf.Tensor[], b: readonly tf.Tensor[]): tf.Tensor =>
  a.map((tensor, i) => tf.sum(tf.mul(tensor, b[i]!))).reduce((sum, term) => tf.add(sum, term));

/** Relative error of the gradient along a fixed random direction against a central difference. */
export function gradientError(f: ScalarFunction, inputs: readonly tf.Tensor[], step = 1e-2): number {
  return tf.tidy(() => {
    const direction = directionOf(inputs);
    const gradients = tf.grads(f)([...inputs]);
    const analytic = dot(gradients, direction).dataSync()[0]!;
    const above = f(...moved(inputs, direction, step)).dataSync()[0]!;
    const below = f(...moved(inputs, direction, -step)).dataSync()[0]!;
    return relativeError([analytic], [(above - below) / (2 * step)]);
  });
}

/** Relative error of the Hessian-vector product against a central difference of gradients. */
export function hessianVectorError(f: ScalarFunction, inputs: readonly tf.Tensor[], step = 1e-2): number {
  return tf.tidy(() => {
    const direction = directionOf(inputs);
    const slope: ScalarFunction = (...at) => dot(tf.grads(f)(at), direction);
    const analytic = flat(tf.grads(slope)([...inputs]));
    const above = tf.grads(f)(moved(inputs, direction, step));
    const below = tf.grads(f)(moved(inputs, direction, -step));
    const numeric = flat(above.map((gradient, i) => tf.div(tf.sub(gradient, below[i]!), 2 * step)));
    return relativeError(analytic, numeric);
  });
}
