import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Comparisons are constant almost everywhere: their gradient is zero. Stock has none and throws. */
const zeroGradient = (kernelName: string): tf.GradConfig =>
  defineGradient(kernelName, ['a', 'b'], (_dy, [a, b]) => ({
    a: () => tf.zeros(a!.shape),
    b: () => tf.zeros(b!.shape),
  }));

export const comparisonGradients: readonly tf.GradConfig[] = [
  tf.Equal,
  tf.NotEqual,
  tf.Greater,
  tf.GreaterEqual,
  tf.Less,
  tf.LessEqual,
  tf.LogicalAnd,
  tf.LogicalOr,
].map(zeroGradient);

export const logicalNotGradient = defineGradient(tf.LogicalNot, ['x'], (_dy, [x]) => ({
  x: () => tf.zeros(x!.shape),
}));
