import * as tf from '@tensorflow/tfjs-core';
import { type Attributes, defineGradient } from './define-gradient.ts';
import { stopGradient } from './stop-gradient.ts';

/** As stock, but input and output are constants to the gradient kernel: where the maximum lies does not change. */
export const maxPoolGradient = defineGradient(tf.MaxPool, ['x'], (dy, [x], attributes) => ({
  x: () => {
    const input = stopGradient(x!);
    const output = tf.engine().runKernel(tf.MaxPool, { x: input }, attributes) as tf.Tensor;
    return tf.engine().runKernel(tf.MaxPoolGrad, { dy, input, output }, attributes) as tf.Tensor;
  },
}));

/**
 * The pooling gradient is linear in dy: its own derivative picks, in each window, the value where the maximum lies.
 * The places are read off the gradient of ones, which is exact while windows do not overlap. Stock has none and throws.
 */
export const maxPoolGradGradient = defineGradient(
  tf.MaxPoolGrad,
  ['dy', 'input', 'output'],
  (ddx, [dy, input, output], attributes) => ({
    dy: () => pickMaxima(ddx, dy!, stopGradient(input!), stopGradient(output!), attributes),
    input: () => tf.zerosLike(input!),
    output: () => tf.zerosLike(output!),
  }),
);

function pickMaxima(
  ddx: tf.Tensor,
  dy: tf.Tensor,
  input: tf.Tensor,
  output: tf.Tensor,
  attributes: Attributes,
): tf.Tensor {
  const [height, width] = pair(attributes.filterSize);
  const [strideHeight, strideWidth] = pair(attributes.strides);
  if (height > strideHeight || width > strideWidth || attributes.pad !== 'valid') {
    throw new Error(
      'Second-order gradients of max-pooling need windows that do not overlap, without padding; ' +
        `got a ${height} x ${width} window, strides ${strideHeight} x ${strideWidth}, padding "${attributes.pad}".`,
    );
  }
  const ones = stopGradient(tf.onesLike(stopGradient(dy)));
  const places = stopGradient(
    tf.engine().runKernel(tf.MaxPoolGrad, { dy: ones, input, output }, attributes) as tf.Tensor,
  );
  const averaged = tf.engine().runKernel(tf.AvgPool, { x: tf.mul(ddx, places) }, attributes) as tf.Tensor;
  return tf.mul(averaged, height * width); // one value a window is not zero: its average times the window's size
}

function pair(value: unknown): [number, number] {
  return Array.isArray(value) ? [value[0] as number, value[1] as number] : [value as number, value as number];
}
