/**
 * Layer norm and GELU as operations with gradients of their own: fewer passes over the numbers than the gradients of
 * their parts. What a gradient needs of the forward pass is written as there, so that a recording computes it once.
 */

import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from '../autodiff/define-gradient.ts';

interface Fused {
  readonly name: string;
  readonly forward: (inputs: tf.NamedTensorMap, attributes: Readonly<Record<string, number>>) => tf.Tensor;
  readonly gradient: tf.GradConfig;
}

function run(fused: Fused, inputs: tf.NamedTensorMap, attributes: Record<string, number> = {}): tf.Tensor {
  if (!tf.getKernel(fused.name, 'tensorflow')) {
    tf.registerKernel({
      kernelName: fused.name,
      backendName: 'tensorflow',
      // No gradient is recorded within a kernel, so these operations need none.
      kernelFunc: ({ inputs: own, attrs }) =>
        tf.tidy(() => fused.forward(own as tf.NamedTensorMap, attrs as Record<string, number>)),
    });
    tf.registerGradient(fused.gradient);
  }
  return tf.engine().runKernel(fused.name, inputs, attributes) as tf.Tensor;
}

/** Over the last axis of x [n, size], with the variance of the whole population: Ba 2016, arXiv 1607.06450. */
export const layerNorm = (x: tf.Tensor2D, scale: tf.Tensor, shift: tf.Tensor, epsilon: number): tf.Tensor2D =>
  run(layerNormKernel, { x, scale, shift }, { epsilon }) as tf.Tensor2D;

/** (x - mean) / sqrt(variance + epsilon), and the factor 1 / sqrt(variance + epsilon) [n, 1]. */
function normalized(x: tf.Tensor, epsilon: number) {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const factor = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
  return { factor, values: tf.mul(centred, factor) };
}

const layerNormKernel: Fused = {
  name: 'EncoderLayerNorm',
  forward: ({ x, scale, shift }, { epsilon }) => tf.add(tf.mul(normalized(x!, epsilon!).values, scale!), shift!),
  gradient: defineGradient('EncoderLayerNorm', ['x', 'scale'], (dy, [x, scale], attributes) => ({
    x: () => {
      const { factor, values } = normalized(x!, attributes.epsilon as number);
      const scaled = tf.mul(dy, scale!);
      const along = tf.mean(tf.mul(scaled, values), -1, true); // what moving along x itself would only rescale
      return tf.mul(factor, tf.sub(tf.sub(scaled, tf.mean(scaled, -1, true)), tf.mul(values, along)));
    },
    scale: () => tf.sum(tf.mul(dy, normalized(x!, attributes.epsilon as number).values), 0),
    shift: () => tf.sum(dy, 0),
  })),
};

/** x P(X <= x) of the standard normal: Hendrycks and Gimpel 2016, arXiv 1606.08415. */
export const gelu = (x: tf.Tensor): tf.Tensor => run(geluKernel, { x });

/** x / sqrt(2), and P(X <= x). */
function gaussian(x: tf.Tensor) {
  const scaled = tf.mul(x, Math.SQRT1_2);
  return { scaled, share: tf.mul(tf.add(tf.erf(scaled), 1), 0.5) };
}

const geluKernel: Fused = {
  name: 'EncoderGelu',
  forward: ({ x }) => tf.mul(x!, gaussian(x!).share),
  gradient: defineGradient('EncoderGelu', ['x'], (dy, [x]) => ({
    x: () => {
      const { scaled, share } = gaussian(x!);
      const density = tf.mul(tf.mul(tf.exp(tf.neg(tf.square(scaled))), scaled), 1 / Math.sqrt(Math.PI)); // x p(x)
      return tf.mul(dy, tf.add(share, density));
    },
  })),
};
