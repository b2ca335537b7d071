import * as tf from '@tensorflow/tfjs-core';
import type { Conv4ModelConfig } from '../../../shared/run-config/schema.ts';
import { glorotUniform, ones, zeros } from './initializers.ts';
import { dense } from './mlp.ts';
import type { BatchStatistics, Model, Normalization, ParameterSpec } from './model.ts';

const BLOCKS = 4;
const EPSILON = 1e-3; // batch_norm of the code of Finn 2017
const BLOCK_PARAMETERS = 3;

/**
 * Four blocks of 3 x 3 convolution, batch norm and ReLU, then a linear layer (Vinyals 2016; Finn 2017, section 5.2 and
 * code). `stride`: strided convolutions, mean over the remaining places (Omniglot). `max-pool`: 2 x 2 max-pooling,
 * flattened (miniImageNet). Batch norm always uses batch statistics; its scale and shift are adapted like any weight.
 * Convolutions have no bias: batch norm would take it out again. The head starts from Glorot's weights in both forms:
 * the standard normal of Finn's code for Omniglot was 9 points of accuracy behind after 240 iterations.
 */
export function createConv4(config: Conv4ModelConfig, image: readonly number[], outputs: number): Model {
  const [height, width, channels] = image as [number, number, number];
  const stride = config.downsampling === 'stride' ? 2 : 1;
  const features = config.filters * (config.downsampling === 'stride' ? 1 : pooledPlaces(height, width));
  const embed: Model['embed'] = (parameters, images, normalization) => {
    const statistics: BatchStatistics[number][] = [];
    let x = images as tf.Tensor4D; // [n, height, width, channels]
    for (let i = 0; i < BLOCKS; i++) {
      const [kernel, scale, shift] = parameters.slice(i * BLOCK_PARAMETERS) as [tf.Tensor4D, tf.Tensor, tf.Tensor];
      const convolved = tf.conv2d(x, kernel, stride, 'same');
      const used = statisticsOf(convolved, normalization, i);
      statistics.push(used);
      x = tf.relu(normalize(convolved, used, scale, shift)) as tf.Tensor4D;
      if (config.downsampling === 'max-pool') x = tf.maxPool(x, 2, 2, 'valid');
    }
    const flat = config.downsampling === 'stride' ? tf.mean(x, [1, 2]) : tf.reshape(x, [x.shape[0], features]);
    return { features: flat, statistics };
  };
  return {
    parameters: [
      ...Array.from({ length: BLOCKS }, (_, i) => block(i + 1, i === 0 ? channels : config.filters, config)).flat(),
      { name: 'head/kernel', shape: [features, outputs], initialize: glorotUniform, part: 'head' },
      { name: 'head/bias', shape: [outputs], initialize: zeros, part: 'head' },
    ],
    inputShape: [height, width, channels],
    batchNorm: config.batchNorm,
    activationSize: Math.ceil(height / stride) * Math.ceil(width / stride) * config.filters, // of the first block
    taskAxis: 'not-supported',
    embed,
    apply: (parameters, images, normalization) => {
      const { features: flat, statistics } = embed(parameters, images, normalization);
      return { predictions: dense(flat, parameters.at(-2)!, parameters.at(-1)!), statistics };
    },
  };
}

function block(number: number, channels: number, { filters }: Conv4ModelConfig): ParameterSpec[] {
  const part = 'body';
  return [
    { name: `conv${number}/kernel`, shape: [3, 3, channels, filters], initialize: glorotUniform, part },
    { name: `conv${number}/scale`, shape: [filters], initialize: ones, part, norm: 'scale' },
    { name: `conv${number}/shift`, shape: [filters], initialize: zeros, part, norm: 'shift' },
  ];
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

function statisticsOf(x: tf.Tensor4D, normalization: Normalization, layer: number): BatchStatistics[number] {
  if (normalization.kind === 'given') return normalization.statistics[layer]!;
  const mean = tf.mean(x, [0, 1, 2]);
  return { mean, variance: tf.mean(tf.square(tf.sub(x, mean)), [0, 1, 2]) };
}

/** (x - mean) / sqrt(variance + epsilon) * scale + shift, with one multiplication over the images. */
function normalize(
  x: tf.Tensor,
  { mean, variance }: BatchStatistics[number],
  scale: tf.Tensor,
  shift: tf.Tensor,
): tf.Tensor {
  const factor = tf.mul(tf.rsqrt(tf.add(variance, EPSILON)), scale); // [channels]
  return tf.add(tf.mul(tf.sub(x, mean), factor), shift);
}
