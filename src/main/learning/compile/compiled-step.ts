/** From a step function to a step that runs: as one graph where that is possible, operation by operation where not. */

import type * as tf from '@tensorflow/tfjs-core';
import { EagerStep } from './eager-step.ts';
import { GraphStep } from './graph-step.ts';
import { record } from './recorder.ts';
import { NotExpressible } from './refusal.ts';
import type { CompiledFunction, CompiledStep, CompileOptions, PureFunction, StepFunction } from './step.ts';
import { specOf } from './tensor-specs.ts';

export type {
  CompiledFunction,
  CompiledStep,
  CompileFacts,
  CompileOptions,
  FeedValue,
  GraphCompiler,
  GraphFolder,
  PureFunction,
  StepFunction,
  TensorValues,
  WriteGraph,
} from './step.ts';

/**
 * Records `step` once and replays it as one TensorFlow graph. The caller keeps and disposes `initialState` and
 * `exampleFeeds`: only the state's values and the feeds' shapes and element types are taken.
 * Throws when the step reads a value on the host, draws random numbers in JavaScript or uses a tensor that is neither
 * state nor feed; a step that a graph cannot express runs eagerly, and `facts.reason` says why.
 */
export function compileStep(
  step: StepFunction,
  initialState: readonly tf.Tensor[],
  exampleFeeds: readonly tf.Tensor[],
  options: CompileOptions,
): CompiledStep {
  const { mode, writeGraph, compiler = 'tensorflow', stepsPerCall = 1 } = options;
  const runEagerly = (reasons: readonly string[]) =>
    new EagerStep(step, initialState, exampleFeeds, { stepsPerCall, reasons });
  if (mode === 'eager') {
    return runEagerly([]);
  }
  const started = performance.now();
  const recording = unlessInexpressible(() => record(step, initialState.map(specOf), exampleFeeds.map(specOf)));
  if (recording instanceof NotExpressible) {
    return runEagerly([`The step runs eagerly: ${recording.message}.`]);
  }
  const recordMs = performance.now() - started;
  const reasons: string[] = [];
  for (const candidate of compiler === 'xla' ? (['xla', 'tensorflow'] as const) : (['tensorflow'] as const)) {
    const load = { writeGraph, compiler: candidate, stepsPerCall, recordMs, reasons };
    const loaded = unlessInexpressible(() => GraphStep.load(recording, initialState, exampleFeeds, load));
    if (!(loaded instanceof NotExpressible)) {
      return loaded;
    }
    reasons.push(`${candidate === 'xla' ? 'XLA' : 'TensorFlow'} refused the step: ${loaded.message}.`);
  }
  return runEagerly(reasons);
}

/** The result, or the reason why there is none. */
function unlessInexpressible<Result>(attempt: () => Result): Result | NotExpressible {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof NotExpressible) {
      return error;
    }
    throw error;
  }
}

/** Like compileStep, for a function that changes no state; `state` gives the first values of its own copy. */
export function compileFunction(
  evaluate: PureFunction,
  state: readonly tf.Tensor[],
  exampleFeeds: readonly tf.Tensor[],
  options: CompileOptions,
): CompiledFunction {
  const step: StepFunction = (current, feeds) => ({ state: current, fetches: evaluate(current, feeds) });
  return compileStep(step, state, exampleFeeds, options);
}
