import * as tf from '@tensorflow/tfjs-core';
import type { Optimizer } from './optimizer.ts';

const MOMENTUM = 0.9;

/** Gradient descent with momentum: v <- 0.9 v + gradient, theta <- theta - rate * v (as PyTorch has it). */
export const momentum = (rate: number): Optimizer => ({
  slots: (parameters) => parameters.map(({ name, shape }) => ({ name: `momentum/${name}`, shape })),
  update: (parameters, gradients, slots, rateFactor) => {
    const scaled = rateFactor ? tf.mul(rateFactor, rate) : rate;
    const velocities = gradients.map((gradient, i) => tf.add(tf.mul(slots[i]!, MOMENTUM), gradient));
    return {
      parameters: parameters.map((parameter, i) => tf.sub(parameter, tf.mul(velocities[i]!, scaled))),
      slots: velocities,
    };
  },
});
