import * as tf from '@tensorflow/tfjs-core';
import type { Conv4ModelConfig } from '../../../shared/run-config/schema.ts';
import { linearHead, withLinearHead } from './heads.ts';
import { initializers } from './initializers.ts';
import type { Model, UncountedModel } from './model.ts';
import { normedConvolution, normedConvolutions } from './normed-convolution.ts';

const BLOCKS = 4;
const EPSILON = 1e-3; // batch_norm of the code of Finn 2017

/**
 * Four blocks of 3 x 3 convolution, batch norm and ReLU, then a linear layer (Vinyals 2016; Finn 2017, section 5.2 and
 * code). `stride`: strided convolutions, mean over the remaining places (Omniglot). `max-pool`: 2 x 2 max-pooling,
 * flattened (miniImageNet). Batch norm always uses batch statistics; its scale and shift are adapted like any weight.
 * The head starts like the kernels in both forms: the standard normal of Finn's code for Omniglot was 9 points of
 * accuracy behind Glorot's weights after 240 iterations.
 */
export function createConv4(config: Conv4ModelConfig, image: readonly number[], outputs: number): UncountedModel {
  const [height, width, channels] = image as [number, number, number];
  const { filters } = config;
  const initialize = initializers[config.initialization];
  const stride = config.downsampling === 'stride' ? 2 : 1;
  const features = filters * (config.downsampling === 'stride' ? 1 : pooledPlaces(height, width));
  const embed: Model['embed'] = (parameters, images, normalization) => {
    const convolutions = normedConvolutions(parameters, normalization, EPSILON);
    let x = images as tf.Tensor4D; // [n, height, width, channels]
    for (let i = 0; i < BLOCKS; i++) {
      x = tf.relu(convolutions.next(x, (at, kernel) => tf.conv2d(at, kernel as tf.Tensor4D, stride, 'same')));
      if (config.downsampling === 'max-pool') x = tf.maxPool(x, 2, 2, 'valid');
    }
    const flat = config.downsampling === 'stride' ? tf.mean(x, [1, 2]) : tf.reshape(x, [x.shape[0], features]);
    return { features: flat, statistics: convolutions.statistics };
  };
  return withLinearHead({
    parameters: [
      ...Array.from({ length: BLOCKS }, (_, i) =>
        normedConvolution(`conv${i + 1}`, [3, 3, i === 0 ? channels : filters, filters], initialize),
      ).flat(),
      ...linearHead('head', features, outputs, initialize),
    ],
    inputShape: [height, width, channels],
    batchNorm: config.batchNorm,
    taskAxis: 'not-supported',
    embed,
  });
}

function pooledPlaces(height: number, width: number): number {
  const places = (height >> BLOCKS) * (width >> BLOCKS); // each block halves, rounding down
  if (places === 0) {
    throw new Error(
      `Conv4 with max-pooling needs images of at least 16 x 16 pixels, but these are ${width} x ${height}. ` +
        'Set model.downsampling to "stride".',
    );
  }
  return places;
}
