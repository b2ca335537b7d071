import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

type Padding = Parameters<typeof tf.conv2d>[3];
type Strides = [number, number] | number;

/**
 * The filter gradient of a convolution is linear in the input and in the output gradient; both derivatives are
 * convolutions again. Stock has none and throws, so a network with convolutions has no second order at all.
 */
export const conv2dBackpropFilterGradient = defineGradient(
  tf.Conv2DBackpropFilter,
  ['x', 'dy'],
  (ddFilter, [x, dy], attributes) => {
    return {
      x: () =>
        tf
          .engine()
          .runKernel(
            tf.Conv2DBackpropInput,
            { dy: dy!, filter: ddFilter },
            { ...attributes, inputShape: x!.shape },
          ) as tf.Tensor,
      dy: () =>
        tf.conv2d(x as tf.Tensor4D, ddFilter as tf.Tensor4D, attributes.strides as Strides, attributes.pad as Padding),
    };
  },
);
