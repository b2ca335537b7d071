import * as tf from '@tensorflow/tfjs-core';
import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';

/** AdamW: Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2: weights shrink beside Adam's step. */
export function adamw(rate: number, weightDecay: number): Optimizer {
  const inner = adam(rate);
  return {
    slots: inner.slots,
    update: (parameters, gradients, slots, rateFactor) => {
      const decay = rateFactor ? tf.mul(rateFactor, rate * weightDecay) : rate * weightDecay;
      const decayed = parameters.map((parameter) => tf.sub(parameter, tf.mul(parameter, decay)));
      return inner.update(decayed, gradients, slots, rateFactor);
    },
  };
}
