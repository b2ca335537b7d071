import * as tf from '@tensorflow/tfjs-core';
import { type Initializer, zeros } from './initializers.ts';
import { dense } from './mlp.ts';
import type { Model, ParameterSpec } from './model.ts';

export type HeadKind = 'linear' | 'cosine';

/** What cosines, which lie in [-1, 1], are multiplied with to become logits (Gidaris 2018 starts from 10). */
const COSINE_SCALE = 10;
const EPSILON = 1e-12;

/** The parameters of a linear layer [features, outputs] with bias; `prefix` names them. */
export function linearHead(
  prefix: string,
  features: number,
  outputs: number,
  initialize: Initializer,
): readonly [kernel: ParameterSpec, bias: ParameterSpec] {
  return [
    { name: `${prefix}/kernel`, shape: [features, outputs], initialize, part: 'head' },
    { name: `${prefix}/bias`, shape: [outputs], initialize: zeros, part: 'head' },
  ];
}

/** A network whose head is linear and whose last two parameters are that head's. */
export const withLinearHead = <Body extends Pick<Model, 'embed'>>(body: Body): Body & Pick<Model, 'apply'> => ({
  ...body,
  apply: (parameters, inputs, normalization) => {
    const { features, statistics } = body.embed(parameters, inputs, normalization);
    return { predictions: dense(features, parameters.at(-2)!, parameters.at(-1)!), statistics };
  },
});

/** The parameters of a head on the model's features, which starts like the model's own; `prefix` names them. */
export function headParameters(model: Model, kind: HeadKind, outputs: number, prefix: string): ParameterSpec[] {
  const own = model.parameters.find(({ part, shape }) => part === 'head' && shape.length === 2)!;
  const [kernel, bias] = linearHead(prefix, own.shape[0]!, outputs, own.initialize);
  return kind === 'cosine' ? [kernel] : [kernel, bias];
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
