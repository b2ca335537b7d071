/** Runs a step once on symbolic tensors and returns what it did. */

import * as tf from '@tensorflow/tfjs-core';
import { disposingAlways } from './engine-hooks.ts';
import { nativeBackend } from './native.ts';
import type { Recording, SymbolicTensor, TensorSpec } from './recording.ts';
import { RecordingHooks } from './recording-hooks.ts';
import { refuse } from './refusal.ts';
import type { StepFunction } from './step.ts';
import { checkNewState } from './tensor-specs.ts';

/**
 * Records one call of `step`. Nothing of it is computed and no tensor is left behind, also when it throws.
 * Throws RecordingRefused for host reads, JavaScript's random tensors and tensors from outside;
 * NotExpressible for what a graph of fixed shapes cannot say; and whatever the step itself throws.
 */
export function record(step: StepFunction, state: readonly TensorSpec[], feeds: readonly TensorSpec[]): Recording {
  const backend = nativeBackend();
  const hooks = new RecordingHooks(backend);
  const { binding } = hooks;
  const placeholders = (specs: readonly TensorSpec[], from: 'state' | 'feed') =>
    specs.map((spec, index) => {
      const id = binding.add({ ...spec, source: { from, index } });
      return backend.createOutputTensor({ id, shape: [...spec.shape], dtype: spec.dtype });
    });
  const symbols = (tensors: readonly tf.Tensor[]): SymbolicTensor[] =>
    backend.getInputTensorIds(tensors).map((id) => binding.find(id) ?? refuseOutsideResult());
  hooks.install();
  try {
    return disposingAlways(() => {
      const result = tf.tidy(() => mutable(step(placeholders(state, 'state'), placeholders(feeds, 'feed'))));
      hooks.throwIfReadWasRefused();
      checkNewState(state, result.state);
      const newState = symbols(result.state);
      const fetches = symbols(result.fetches);
      return { state, feeds, constants: binding.constants, operations: binding.operations, newState, fetches };
    });
  } finally {
    hooks.remove();
  }
}

/** tf.tidy takes mutable containers only. */
function mutable(result: ReturnType<StepFunction>): { state: tf.Tensor[]; fetches: tf.Tensor[] } {
  return { state: [...result.state], fetches: [...result.fetches] };
}

function refuseOutsideResult(): never {
  throw refuse('A tensor made outside the step was returned', 'Pass it as state or as a feed.', refuseOutsideResult);
}
