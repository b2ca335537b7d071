import type * as tf from '@tensorflow/tfjs-core';
import type { CompiledFunction, CompiledStep, CompileOptions, PureFunction, StepFunction } from './step.ts';

export type {
  CompiledFunction,
  CompiledStep,
  CompileFacts,
  CompileOptions,
  FeedValue,
  GraphFolder,
  PureFunction,
  StepFunction,
  TensorValues,
  WriteGraph,
} from './step.ts';

/**
 * Records `step` once and replays it as one TensorFlow graph. The caller keeps and disposes `initialState` and
 * `exampleFeeds`: only their values, shapes and dtypes are taken.
 * Throws when the step reads a value on the host or draws random numbers in JavaScript; a step that a graph cannot
 * express runs eagerly, and `facts.reason` says why.
 */
export function compileStep(
  _step: StepFunction,
  _initialState: readonly tf.Tensor[],
  _exampleFeeds: readonly tf.Tensor[],
  _options: CompileOptions,
): CompiledStep {
  throw new Error('being built');
}

/** Like compileStep, for a function that changes no state; `exampleState` gives the first values of its own copy. */
export function compileFunction(
  _evaluate: PureFunction,
  _exampleState: readonly tf.Tensor[],
  _exampleFeeds: readonly tf.Tensor[],
  _options: CompileOptions,
): CompiledFunction {
  throw new Error('being built');
}
