import * as tf from '@tensorflow/tfjs-core';
import type { MlpModelConfig } from '../../../shared/run-config/schema.ts';
import { type Initializer, initializers, zeros } from './initializers.ts';
import type { Model, ParameterSpec, UncountedModel } from './model.ts';

const activations: Readonly<Record<MlpModelConfig['activation'], (x: tf.Tensor) => tf.Tensor>> = {
  relu: tf.relu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
};

/**
 * A fully connected network; examples are flattened to `inputs` numbers. Finn 2017: 1-40-40-1 with ReLU.
 * Glorot's uniform weights are its usual start: on sinusoids, after 2,000 iterations, they reached half the test error of the
 * truncated normal of 0.01 in Finn's code, and He's larger ones made five inner steps diverge.
 */
export function createMlp(config: MlpModelConfig, inputs: number, outputs: number): UncountedModel {
  const widths = [inputs, ...config.hidden, outputs];
  const layers = widths.length - 1;
  const activate = activations[config.activation];
  const embed: Model['embed'] = (parameters, examples) => {
    let hidden = examples; // [n, inputs] or [T, n, inputs]
    for (let layer = 0; layer < layers - 1; layer++) {
      hidden = activate(dense(hidden, parameters[2 * layer]!, parameters[2 * layer + 1]!));
    }
    return { features: hidden, statistics: [] };
  };
  return {
    parameters: widths
      .slice(1)
      .flatMap((width, i) => denseLayer(i + 1, layers, [widths[i]!, width], initializers[config.initialization])),
    inputShape: [inputs],
    batchNorm: 'none',
    taskAxis: 'supported',
    embed,
    apply: (parameters, examples, normalization) => {
      const { features, statistics } = embed(parameters, examples, normalization);
      return { predictions: dense(features, parameters.at(-2)!, parameters.at(-1)!), statistics };
    },
  };
}

function denseLayer(
  number: number,
  layers: number,
  [inputs, outputs]: readonly [number, number],
  initialize: Initializer,
): ParameterSpec[] {
  const part = number === layers ? 'head' : 'body';
  return [
    { name: `dense${number}/kernel`, shape: [inputs, outputs], initialize, part },
    { name: `dense${number}/bias`, shape: [outputs], initialize: zeros, part },
  ];
}

/** x W + b; with a task axis each task has its own W [T, inputs, outputs] and b [T, outputs]. */
export const dense = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  tf.add(tf.matMul(x, kernel), bias.rank === 1 ? bias : tf.expandDims(bias, 1));
