import * as tf from '@tensorflow/tfjs-core';
import { glorotUniform, zeros } from './initializers.ts';
import { dense } from './mlp.ts';
import type { Model, ParameterSpec } from './model.ts';

export type HeadKind = 'linear' | 'cosine';

/** What cosines, which lie in [-1, 1], are multiplied with to become logits (Gidaris 2018 starts from 10). */
const COSINE_SCALE = 10;
const EPSILON = 1e-12;

/** The parameters of a head on the model's features; `prefix` names them. */
export function headParameters(model: Model, kind: HeadKind, outputs: number, prefix: string): ParameterSpec[] {
  const features = model.parameters.find(({ part, shape }) => part === 'head' && shape.length === 2)!.shape[0]!;
  const kernel: ParameterSpec = {
    ...{ name: `${prefix}/kernel`, shape: [features, outputs], part: 'head' },
    initialize: glorotUniform,
  };
  return kind === 'cosine'
    ? [kernel]
    : [kernel, { name: `${prefix}/bias`, shape: [outputs], initialize: zeros, part: 'head' }];
}

/** The model's body with this head in place of its own. */
export function withHead(model: Model, kind: HeadKind, head: readonly ParameterSpec[]): Model {
  const body = model.parameters.filter(({ part }) => part === 'body');
  return {
    ...model,
    parameters: [...body, ...head],
    apply: (parameters, inputs, normalization) => {
      const { features, statistics } = model.embed(parameters, inputs, normalization);
      const [kernel, bias] = parameters.slice(body.length) as [tf.Tensor, tf.Tensor | undefined];
      const predictions = kind === 'linear' ? dense(features, kernel, bias!) : cosines(features, kernel);
      return { predictions, statistics };
    },
  };
}

/** Scaled cosine of each feature row [..., n, features] and each class vector [..., features, classes]. */
const cosines = (features: tf.Tensor, kernel: tf.Tensor): tf.Tensor =>
  tf.mul(tf.matMul(unit(features, -1), unit(kernel, -2)), COSINE_SCALE);

const unit = (vectors: tf.Tensor, axis: number): tf.Tensor =>
  tf.mul(vectors, tf.rsqrt(tf.add(tf.sum(tf.square(vectors), axis, true), EPSILON)));
