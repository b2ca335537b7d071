import * as tf from '@tensorflow/tfjs-core';
import type { ResNet12ModelConfig } from '../../../shared/run-config/schema.ts';
import { linearHead, withLinearHead } from './heads.ts';
import { type Initializer, initializers } from './initializers.ts';
import type { Model, ParameterSpec, UncountedModel } from './model.ts';
import { type NormedConvolutions, normedConvolution, normedConvolutions } from './normed-convolution.ts';

const EPSILON = 1e-5; // of PyTorch, in which MetaOptNet is written
const SLOPE = 0.1; // of the leaky ReLU, as there
const SMALLEST_SIDE = 16; // four halvings, rounding down

/**
 * ResNet-12, the larger network of few-shot papers: Oreshkin, Rodríguez, Lacoste 2018 (TADAM, arXiv 1805.10123) with 64,
 * 128, 256, 512 filters; here as in Lee, Maji, Ravichandran, Soatto 2019 (MetaOptNet, arXiv 1904.03758, and its code):
 * four blocks of three 3 x 3 convolutions with batch norm and leaky ReLU, beside them a 1 x 1 convolution with batch
 * norm, added before the last ReLU; 2 x 2 max-pooling after each block; mean over the remaining places. MetaOptNet's
 * DropBlock is left out. Batch norm always uses batch statistics, as in Conv4.
 */
export function createResNet12(config: ResNet12ModelConfig, image: readonly number[], outputs: number): UncountedModel {
  const [height, width, channels] = image as [number, number, number];
  if (Math.min(height, width) < SMALLEST_SIDE) {
    throw new Error(`ResNet-12 needs images of at least 16 x 16 pixels, but these are ${width} x ${height}.`);
  }
  const { widths } = config;
  const initialize = initializers[config.initialization];
  const embed: Model['embed'] = (parameters, images, normalization) => {
    const convolutions = normedConvolutions(parameters, normalization, EPSILON);
    let x = images as tf.Tensor4D; // [n, height, width, channels]
    for (const _ of widths) x = tf.maxPool(residualBlock(convolutions, x), 2, 2, 'valid');
    return { features: tf.mean(x, [1, 2]), statistics: convolutions.statistics };
  };
  return withLinearHead({
    parameters: [
      ...widths.flatMap((filters, i) => blockParameters(i, i === 0 ? channels : widths[i - 1]!, filters, initialize)),
      ...linearHead('head', widths.at(-1)!, outputs, initialize),
    ],
    inputShape: [height, width, channels],
    batchNorm: config.batchNorm,
    taskAxis: 'not-supported',
    embed,
  });
}

/** The block before its pooling. */
function residualBlock(convolutions: NormedConvolutions, x: tf.Tensor4D): tf.Tensor4D {
  const next = (at: tf.Tensor4D): tf.Tensor4D => convolutions.next(at, convolve);
  const first = tf.leakyRelu(next(x), SLOPE);
  const second = tf.leakyRelu(next(first), SLOPE);
  const third = next(second);
  return tf.leakyRelu(tf.add(third, next(x)), SLOPE); // the last one is the shortcut
}

const convolve = (x: tf.Tensor4D, kernel: tf.Tensor): tf.Tensor => tf.conv2d(x, kernel as tf.Tensor4D, 1, 'same');

function blockParameters(
  index: number,
  channels: number,
  filters: number,
  initialize: Initializer,
): readonly ParameterSpec[] {
  const convolution = (name: string, side: number, inputs: number) =>
    normedConvolution(`block${index + 1}/${name}`, [side, side, inputs, filters], initialize);
  return [
    ...convolution('conv1', 3, channels),
    ...convolution('conv2', 3, filters),
    ...convolution('conv3', 3, filters),
    ...convolution('shortcut', 1, channels),
  ];
}
