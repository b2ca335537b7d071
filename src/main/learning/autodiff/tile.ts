import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Right on stock, but one slice and one addition for each repeat (thousands for a batch-norm mean): one sum here. */
export const tileGradient = defineGradient(tf.Tile, ['x'], (dy, [x], attributes) => ({
  x: () => sumRepeats(dy, x!.shape, attributes.reps as number[]),
}));

function sumRepeats(dy: tf.Tensor, shape: number[], repeats: number[]): tf.Tensor {
  const repeated = repeats.flatMap((repeat, axis) => (repeat > 1 ? [axis] : []));
  if (repeated.length === 0) return tf.clone(dy);
  if (repeated.every((axis) => shape[axis] === 1)) return tf.sum(dy, repeated, true);
  const interleaved = shape.flatMap((size, axis) => [repeats[axis]!, size]); // [r0, s0, r1, s1, ...]
  return tf.sum(
    tf.reshape(dy, interleaved),
    shape.map((_, axis) => 2 * axis),
  );
}
