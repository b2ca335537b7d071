/**
 * Low-rank adapters: Hu 2021, arXiv 2106.09685, section 4.1. A frozen weight W [outputs, inputs] becomes
 * W + alpha / rank * B A with A [rank, inputs] and B [outputs, rank]; B starts at zero, so training starts at W.
 */

import * as tf from '@tensorflow/tfjs-core';
import { uniform, zeros } from '../models/initializers.ts';
import type { ParameterSpec } from '../models/model.ts';
import type { EncoderConfig } from './encoder-config.ts';
import { embeddingTensors, encoderParameters, LAYER_TENSORS, type LinearPart, PLACES } from './parameters.ts';

export interface LoraSettings {
  readonly rank: number;
  readonly alpha: number;
  /** Which linear layers of every encoder layer are adapted; the paper's choice is query and value. */
  readonly targets: readonly LinearPart[];
}

/** Places among the encoder's parameters of the weights that are adapted, in rising order. */
function adaptedPlaces(config: EncoderConfig, { targets }: LoraSettings): number[] {
  const first = embeddingTensors(config);
  return Array.from({ length: config.layers }, (_, layer) =>
    targets.map((target) => first + layer * LAYER_TENSORS + PLACES[target]),
  )
    .flat()
    .sort((left, right) => left - right);
}

/** A and B of each adapted weight, in the order of the weights: names as those of PEFT. */
export function loraParameters(config: EncoderConfig, settings: LoraSettings): readonly ParameterSpec[] {
  const specs = encoderParameters(config);
  return adaptedPlaces(config, settings).flatMap((place): ParameterSpec[] => {
    const { name, shape } = specs[place]!;
    const [outputs, inputs] = shape as [number, number];
    const limit = 1 / Math.sqrt(inputs); // PyTorch's start of a linear layer, as in the paper's code
    const adapter = name.replace(/\.weight$/, '');
    return [
      {
        ...{ name: `${adapter}.lora_A.weight`, shape: [settings.rank, inputs] },
        ...{ initialize: uniform(-limit, limit), part: 'body' },
      },
      { name: `${adapter}.lora_B.weight`, shape: [outputs, settings.rank], initialize: zeros, part: 'body' },
    ];
  });
}

/**
 * The parameters with the adapters worked into their weights, to be given to `encode` or `classify`, or to be exported.
 * `parameters` start with the encoder's; `adapters` in the order of `loraParameters`.
 */
export function mergeLora(
  config: EncoderConfig,
  settings: LoraSettings,
  parameters: readonly tf.Tensor[],
  adapters: readonly tf.Tensor[],
): readonly tf.Tensor[] {
  const merged = [...parameters];
  adaptedPlaces(config, settings).forEach((place, index) => {
    const [a, b] = adapters.slice(2 * index) as [tf.Tensor2D, tf.Tensor2D];
    merged[place] = tf.add(merged[place]!, tf.mul(tf.matMul(b, a), settings.alpha / settings.rank));
  });
  return merged;
}
