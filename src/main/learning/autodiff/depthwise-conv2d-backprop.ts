import * as tf from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

/** Both are bilinear, so each derivative is one of the three depthwise kernels. Stock has none and throws. */
export const depthwiseBackpropInputGradient = defineGradient(
  tf.DepthwiseConv2dNativeBackpropInput,
  ['dy', 'filter'],
  (ddx, [dy, filter], attributes) => {
    return {
      dy: () => run(tf.DepthwiseConv2dNative, { x: ddx, filter: filter! }, attributes),
      filter: () =>
        run(tf.DepthwiseConv2dNativeBackpropFilter, { x: ddx, dy: dy! }, { ...attributes, filterShape: filter!.shape }),
    };
  },
);

export const depthwiseBackpropFilterGradient = defineGradient(
  tf.DepthwiseConv2dNativeBackpropFilter,
  ['x', 'dy'],
  (ddFilter, [x, dy], attributes) => {
    return {
      x: () =>
        run(
          tf.DepthwiseConv2dNativeBackpropInput,
          { dy: dy!, filter: ddFilter },
          { ...attributes, inputShape: x!.shape },
        ),
      dy: () => run(tf.DepthwiseConv2dNative, { x: x!, filter: ddFilter }, attributes),
    };
  },
);

const run = (kernel: string, inputs: Record<string, tf.Tensor>, attributes: tf.NamedAttrMap): tf.Tensor =>
  tf.engine().runKernel(kernel, inputs, attributes) as tf.Tensor;
