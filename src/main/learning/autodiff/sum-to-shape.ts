import * as tf from '@tensorflow/tfjs-core';

/** Undoes broadcasting: sums `gradient` over the axes along which a tensor of `shape` was repeated. */
export function sumToShape(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  const summed = axes.length > 0 ? tf.sum(gradient, axes) : gradient;
  return tf.util.arraysEqual(summed.shape, shape) ? summed : tf.reshape(summed, shape);
}

/** Repeats a reduced gradient over the axes that were reduced: the gradient of a sum of a tensor of `shape`. */
export function spreadOver(gradient: tf.Tensor, shape: number[], reducedAxes: number[]): tf.Tensor {
  const kept = shape.map((size, axis) => (reducedAxes.includes(axis) ? 1 : size));
  const repeats = shape.map((size, axis) => (reducedAxes.includes(axis) ? size : 1));
  const expanded = tf.reshape(gradient, kept);
  return repeats.every((repeat) => repeat === 1) ? expanded : tf.tile(expanded, repeats);
}

export const allAxes = (axis: unknown, shape: number[]): number[] =>
  tf.util.parseAxisParam(axis as number | number[], shape);
