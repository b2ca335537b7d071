import type * as tf from '@tensorflow/tfjs-core';
import type { Initializer } from './initializers.ts';

/** One parameter tensor. `head` is the last layer, which some algorithms treat apart. */
export interface ParameterSpec {
  /** A path such as `conv1/kernel`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly initialize: Initializer;
  readonly part: 'body' | 'head';
  /** Set for the scale and shift of a batch norm. */
  readonly norm?: 'scale' | 'shift';
}

/** Mean and variance of each batch-norm layer, in the order of the layers, each [channels]. */
export type BatchStatistics = readonly { readonly mean: tf.Tensor; readonly variance: tf.Tensor }[];

/** Which statistics batch norm uses: those of the examples at hand, or some gathered from other examples. */
export type Normalization =
  | { readonly kind: 'own-batch' }
  | { readonly kind: 'given'; readonly statistics: BatchStatistics };

export interface ModelOutput {
  /** [n, outputs], or [T, n, outputs] for batched tasks: logits, or predicted numbers. */
  readonly predictions: tf.Tensor;
  /** Statistics that were used; empty for a model without batch norm. */
  readonly statistics: BatchStatistics;
}

export interface Embedding {
  /** [n, features], or [T, n, features] for batched tasks. */
  readonly features: tf.Tensor;
  readonly statistics: BatchStatistics;
}

/** A network as a pure function of its parameters; it owns no tensors. */
export interface Model {
  readonly parameters: readonly ParameterSpec[];
  /** Shape of one example as `apply` wants it. */
  readonly inputShape: readonly number[];
  readonly batchNorm: 'none' | 'transductive' | 'inductive';
  /** Numbers in its largest activation, per example: a measure of the memory that a pass takes. */
  readonly activationSize: number;
  /** In a forward pass of one example; run-config/network-size.ts says what counts. */
  readonly multiplyAdds: number;
  /** Whether `apply` takes a leading task axis: weights [T, ...], inputs [T, n, ...], each task with its own weights. */
  readonly taskAxis: 'supported' | 'not-supported';
  /** `parameters` in the order of the specs; `inputs` [n, ...inputShape], or [T, n, ...inputShape]. */
  apply(parameters: readonly tf.Tensor[], inputs: tf.Tensor, normalization: Normalization): ModelOutput;
  /** What the head is given; the parameters of the body are enough. */
  embed(parameters: readonly tf.Tensor[], inputs: tf.Tensor, normalization: Normalization): Embedding;
}

/** A network before create-model.ts has counted what it costs. */
export type UncountedModel = Omit<Model, 'multiplyAdds' | 'activationSize'>;

export const ownBatch: Normalization = { kind: 'own-batch' };

export const parameterCount = (specs: readonly ParameterSpec[]): number =>
  specs.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
