/** Runs a step once on symbolic tensors and returns what it did. */

import * as tf from '@tensorflow/tfjs-core';
import { disposingAlways } from './engine-hooks.ts';
import { mapUpdate, valuesOf } from './in-place.ts';
import { nativeBackend } from './native.ts';
import type { Recording, SymbolicTensor, TensorSpec } from './recording.ts';
import { RecordingHooks } from './recording-hooks.ts';
import { refuse } from './refusal.ts';
import type { InPlaceUpdate, StepFunction, StepResult } from './step.ts';
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
      let updates: readonly InPlaceUpdate<tf.Tensor>[] = [];
      const result = tf.tidy(() => {
        const whole = step(placeholders(state, 'state'), placeholders(feeds, 'feed'));
        updates = whole.inPlace ?? [];
        return mutable(whole);
      });
      hooks.throwIfReadWasRefused();
      checkNewState(state, result.state);
      const newState = symbols(result.state);
      const fetches = symbols(result.fetches);
      const inPlace = updates.map((update) => mapUpdate(update, (tensor) => symbols([tensor])[0]!));
      return { state, feeds, constants: binding.constants, operations: binding.operations, newState, fetches, inPlace };
    });
  } finally {
    hooks.remove();
  }
}

/** tf.tidy takes mutable containers only, and keeps no tensors but those in them. */
function mutable({ state, fetches, inPlace = [] }: StepResult) {
  return { state: [...state], fetches: [...fetches], updated: inPlace.flatMap(valuesOf) };
}

function refuseOutsideResult(): never {
  throw refuse('A tensor made outside the step was returned', 'Pass it as state or as a feed.', refuseOutsideResult);
}
