import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;
export const adamConstants = { beta1: BETA_1, beta2: BETA_2, epsilon: EPSILON } as const;

/** Adam: Kingma and Ba 2015, arXiv 1412.6980, algorithm 1, with the paper's beta_1, beta_2 and epsilon. */
export const adam = (rate: number): Optimizer => createAdam(rate, { beta1: BETA_1, root: 'plain' });

/**
 * Adam with another decay of the first moment; without one (0) it keeps no first moments. A `smooth` root can be
 * differentiated where a second moment is zero, which it is for a dead ReLU: sqrt(v + epsilon^2).
 */
export const createAdam = (
  rate: number,
  { beta1, root }: { readonly beta1: number; readonly root: 'plain' | 'smooth' },
): Optimizer => ({
  slots: (parameters) => [
    ...(beta1 === 0 ? [] : parameters.map(({ name, shape }) => ({ name: `adam/first-moment/${name}`, shape }))),
    ...parameters.map(({ name, shape }) => ({ name: `adam/second-moment/${name}`, shape })),
    { name: 'adam/step', shape: [] },
  ],
  update: (parameters, gradients, slots, rateFactor) => {
    const kept = beta1 === 0 ? 0 : parameters.length; // first moments among the slots
    const step = tf.add(slots.at(-1)!, 1); // t
    const firstMoments =
      beta1 === 0
        ? gradients
        : gradients.map((gradient, i) => tf.add(tf.mul(slots[i]!, beta1), tf.mul(gradient, 1 - beta1)));
    const secondMoments = gradients.map((gradient, i) =>
      tf.add(tf.mul(slots[kept + i]!, BETA_2), tf.mul(tf.square(gradient), 1 - BETA_2)),
    );
    const scheduled = rateFactor ? tf.mul(rateFactor, rate) : rate;
    const scale = beta1 === 0 ? scheduled : tf.div(scheduled, biasCorrection(beta1, step)); // alpha / (1 - beta_1^t)
    const rootCorrection = tf.rsqrt(biasCorrection(BETA_2, step)); // 1 / sqrt(1 - beta_2^t)
    const updated = parameters.map((parameter, i) => {
      const denominator = tf.add(
        tf.mul(tf.sqrt(root === 'plain' ? secondMoments[i]! : tf.add(secondMoments[i]!, EPSILON ** 2)), rootCorrection),
        EPSILON,
      );
      return tf.sub(parameter, tf.div(tf.mul(firstMoments[i]!, scale), denominator));
    });
    return { parameters: updated, slots: [...(beta1 === 0 ? [] : firstMoments), ...secondMoments, step] };
  },
});

/** 1 - beta^t, by expm1: in float32 the plain form is off by 5e-5 at the first steps of beta = 0.999. */
export const biasCorrection = (beta: number, step: tf.Tensor): tf.Tensor =>
  tf.neg(tf.expm1(tf.mul(step, Math.log(beta))));
