import * as tf from '@tensorflow/tfjs-core';
import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * AdamW: Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2: weights shrink beside Adam's step.
 * `shrinks` tells by its place whether a parameter does; all do when it is left out.
 */
export function adamw(rate: number, weightDecay: number, shrinks = (_index: number): boolean => true): Optimizer {
  const inner = adam(rate);
  return {
    slots: inner.slots,
    update: (parameters, gradients, slots, rateFactor) => {
      const decay = rateFactor ? tf.mul(rateFactor, rate * weightDecay) : rate * weightDecay;
      const decayed = parameters.map((parameter, i) =>
        shrinks(i) ? tf.sub(parameter, tf.mul(parameter, decay)) : parameter,
      );
      return inner.update(decayed, gradients, slots, rateFactor);
    },
  };
}
