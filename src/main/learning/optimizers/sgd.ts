import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

/** Plain gradient descent: theta <- theta - rate * gradient. */
export const sgd = (rate: number): Optimizer => ({
  slots: () => [],
  update: (parameters, gradients, _, rateFactor) => {
    const scaled = rateFactor ? tf.mul(rateFactor, rate) : rate;
    return {
      parameters: parameters.map((parameter, i) => tf.sub(parameter, tf.mul(gradients[i]!, scaled))),
      slots: [],
    };
  },
});
