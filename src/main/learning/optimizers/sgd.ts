import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

/** Plain gradient descent: theta <- theta - rate * gradient. */
export const sgd = (rate: number): Optimizer => ({
  slots: () => [],
  update: (parameters, gradients) => ({
    parameters: parameters.map((parameter, i) => tf.sub(parameter, tf.mul(gradients[i]!, rate))),
    slots: [],
  }),
});
