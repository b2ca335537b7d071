import * as tf from '@tensorflow/tfjs-core';
import { signalShape } from '../../../shared/run-config/network-size.ts';
import type { Cnn1dModelConfig } from '../../../shared/run-config/schema.ts';
import { linearHead, withLinearHead } from './heads.ts';
import { initializers } from './initializers.ts';
import type { Model, UncountedModel } from './model.ts';
import { normedConvolution, normedConvolutions } from './normed-convolution.ts';

const STRIDE = 2;
const EPSILON = 1e-3; // as Conv4

/**
 * A small network for signals [length, channels]: blocks of 1-D convolution, batch norm and ReLU, the mean over the
 * remaining places, then a linear layer: the fully convolutional network of Wang, Yan, Oates 2017 (arXiv 1611.06455)
 * with the strides of Conv4, each of which halves the length, so that few blocks see far. An image is read as the
 * sequence of its rows, from the top: length is its height, and a row's pixels are the channels of a place.
 */
export function createCnn1d(config: Cnn1dModelConfig, example: readonly number[], outputs: number): UncountedModel {
  const [length, channels] = signalShape(example);
  if (example.length < 2 || length < 2) {
    throw new Error(
      `The 1-D CNN reads signals of at least 2 places, but an example has the shape [${example.join(', ')}]. ` +
        'Set model.kind to "mlp" for this task.',
    );
  }
  const { blocks, filters, filterLength } = config;
  const initialize = initializers[config.initialization];
  const embed: Model['embed'] = (parameters, signals, normalization) => {
    const convolutions = normedConvolutions(parameters, normalization, EPSILON);
    let x = signals as tf.Tensor3D; // [n, length, channels]
    for (let i = 0; i < blocks; i++) {
      x = tf.relu(convolutions.next(x, (at, kernel) => tf.conv1d(at, kernel as tf.Tensor3D, STRIDE, 'same')));
    }
    return { features: tf.mean(x, 1), statistics: convolutions.statistics };
  };
  return withLinearHead({
    parameters: [
      ...Array.from({ length: blocks }, (_, i) =>
        normedConvolution(`conv${i + 1}`, [filterLength, i === 0 ? channels : filters, filters], initialize),
      ).flat(),
      ...linearHead('head', filters, outputs, initialize),
    ],
    inputShape: [length, channels],
    batchNorm: config.batchNorm,
    taskAxis: 'not-supported',
    embed,
  });
}
