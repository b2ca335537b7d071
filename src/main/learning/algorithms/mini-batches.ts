import * as tf from '@tensorflow/tfjs-core';
import type { Examples } from './problem.ts';

/**
 * The mini-batch of a step: `perClass` examples of each class, which take turns; all of them where there are no more.
 * Support sets stand class by class and were drawn at random, so that going through them in order is a random order.
 * `classes` is 1 for regression.
 */
export function miniBatch(support: Examples, classes: number, perClass: number, step: number): Examples {
  const examples = support.targets.shape.at(-2)!;
  const shot = examples / classes;
  if (perClass === 0 || perClass >= shot) return support;
  const first = (step * perClass) % shot;
  const part = (tensor: tf.Tensor): tf.Tensor => {
    const axis = support.targets.rank - 2; // of the examples: 0, or 1 behind a task axis
    const before = tensor.shape.slice(0, axis);
    const after = tensor.shape.slice(axis + 1);
    const byClass = tf.reshape(tensor, [...before, classes, shot, ...after]);
    const take = (from: number, count: number) => tf.slice(byClass, ...window(byClass.shape, axis + 1, from, count));
    const upTo = Math.min(shot, first + perClass);
    const chosen = take(first, upTo - first);
    const wrapped = first + perClass - upTo;
    const whole = wrapped === 0 ? chosen : tf.concat([chosen, take(0, wrapped)], axis + 1);
    return tf.reshape(whole, [...before, classes * perClass, ...after]);
  };
  return { inputs: part(support.inputs), targets: part(support.targets) };
}

/** Begin and size of a slice along one axis. */
function window(shape: readonly number[], axis: number, from: number, count: number): [number[], number[]] {
  return [shape.map((_, i) => (i === axis ? from : 0)), shape.map((size, i) => (i === axis ? count : size))];
}
