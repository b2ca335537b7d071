/** A step run operation by operation: the reference for the compiled one, and its stand-in where no graph can say it. */

import * as tf from '@tensorflow/tfjs-core';
import { disposingOnError } from './engine-hooks.ts';
import { appliedEagerly } from './in-place.ts';
import type { TensorSpec } from './recording.ts';
import type { CompiledStep, CompileFacts, FeedValue, StepFunction, TensorValues } from './step.ts';
import { checkNewState, checkValues, specOf, tfjsTypeOf } from './tensor-specs.ts';

export interface EagerOptions {
  readonly stepsPerCall: number;
  /** Why the step is not compiled although that was asked for. */
  readonly reasons: readonly string[];
}

export class EagerStep implements CompiledStep {
  readonly facts: CompileFacts;
  readonly stepsPerCall: number;
  private readonly step: StepFunction;
  private readonly stateSpecs: readonly TensorSpec[];
  private readonly feedSpecs: readonly TensorSpec[];
  private state: tf.Tensor[];

  constructor(
    step: StepFunction,
    initialState: readonly tf.Tensor[],
    exampleFeeds: readonly tf.Tensor[],
    { stepsPerCall, reasons }: EagerOptions,
  ) {
    this.step = step;
    this.stepsPerCall = stepsPerCall;
    this.stateSpecs = initialState.map(specOf);
    this.feedSpecs = exampleFeeds.map(specOf);
    this.state = initialState.map((tensor) => tf.keep(tf.clone(tensor)));
    this.facts = {
      mode: 'eager',
      ...(reasons.length === 0 ? {} : { reason: reasons.join(' ') }),
      ...{ operations: 0, constants: 0, graphBytes: 0, recordMs: 0, loadMs: 0 },
    };
  }

  run(feeds: readonly FeedValue[]): Float32Array[] {
    checkValues('feed', this.feedSpecs, feeds);
    const { state, fetches } = disposingOnError(() =>
      tf.tidy(() => {
        const feedTensors = feeds.map((values, index) => tensorOf(this.feedSpecs[index]!, values));
        const result = this.step(this.state, feedTensors);
        checkNewState(this.stateSpecs, result.state);
        const newState = appliedEagerly(result.state, result.inPlace ?? []);
        return {
          state: newState.map((tensor) => tf.keep(tf.clone(tensor))),
          fetches: result.fetches.map((tensor) => tf.cast(tensor, 'float32')),
        };
      }),
    );
    tf.dispose([...this.state]);
    this.state = state;
    return fetches.map(readAndDispose);
  }

  runSeveral(feeds: readonly FeedValue[]): Float32Array[] {
    const steps = this.stepsPerCall;
    const stackedSpecs = this.feedSpecs.map((spec) => ({ ...spec, shape: [steps, ...spec.shape] }));
    checkValues('feed', stackedSpecs, feeds);
    const bySteps: Float32Array[][] = [];
    for (let step = 0; step < steps; step++) {
      bySteps.push(this.run(feeds.map((values) => part(values, step, steps))));
    }
    const fetchCount = bySteps[0]!.length;
    return Array.from({ length: fetchCount }, (_, index) => concatenated(bySteps.map((fetches) => fetches[index]!)));
  }

  readState(first = 0, end = this.state.length): TensorValues[] {
    return this.state.slice(first, end).map((tensor) => tensor.dataSync().slice() as TensorValues);
  }

  writeState(values: readonly TensorValues[], first = 0, end = this.state.length): void {
    const specs = this.stateSpecs.slice(first, end);
    checkValues('state', specs, values);
    tf.dispose(this.state.slice(first, end));
    const written = values.map((tensor, index) => tf.keep(tensorOf(specs[index]!, tensor)));
    this.state = [...this.state.slice(0, first), ...written, ...this.state.slice(end)];
  }

  /** Goes on with another step's state, which that one has no longer. */
  takeState(other: EagerStep): void {
    if (other === this) return;
    tf.dispose([...this.state]);
    this.state = other.state;
    other.state = [];
  }

  dispose(): void {
    tf.dispose([...this.state]);
  }
}

/** A tensor of its own: tfjs keeps the array it is given, which stays the caller's. */
function tensorOf(spec: TensorSpec, values: TensorValues): tf.Tensor {
  return tf.tensor(values.slice(), [...spec.shape], tfjsTypeOf(spec));
}

function readAndDispose(tensor: tf.Tensor): Float32Array {
  const values = tensor.dataSync() as Float32Array;
  tensor.dispose();
  return values;
}

/** The share of one step in values stacked for `steps` steps. */
function part(values: FeedValue, step: number, steps: number): FeedValue {
  const size = values.length / steps;
  return values.subarray(step * size, (step + 1) * size);
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, values) => length + values.length, 0));
  let offset = 0;
  for (const values of parts) {
    whole.set(values, offset);
    offset += values.length;
  }
  return whole;
}
