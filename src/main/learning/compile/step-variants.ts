/**
 * Several steps on one state, in one graph: the same training step for texts of different lengths, and what predicts
 * with the state as it stands. Going from one to the other copies nothing.
 */

import type * as tf from '@tensorflow/tfjs-core';
import { EagerStep } from './eager-step.ts';
import { GraphStep } from './graph-step.ts';
import { record } from './recorder.ts';
import { NotExpressible } from './refusal.ts';
import type { CompileFacts, CompileOptions, FeedValue, StepFunction, TensorValues } from './step.ts';
import { specOf } from './tensor-specs.ts';

export interface StepVariant {
  readonly step: StepFunction;
  /** Their shapes and element types count, not their values. */
  readonly exampleFeeds: readonly tf.Tensor[];
}

/** Steps bound to one state. */
export interface StepVariants {
  /** One step of the variant at this place; returns its fetches as float32. */
  run(variant: number, feeds: readonly FeedValue[]): Float32Array[];
  /** Values of the state tensors from `first` to before `end`; all of them when both are left out. */
  readState(first?: number, end?: number): TensorValues[];
  /** Replaces the tensors from `first` to before `end`; the values are copied. */
  writeState(values: readonly TensorValues[], first?: number, end?: number): void;
  readonly facts: CompileFacts;
  dispose(): void;
}

/**
 * Records each variant once and replays them from one graph, or runs them eagerly where that is asked for or no graph
 * can say them (`facts.reason` says why). State and feeds stay the caller's. Throws as `compileStep` does.
 */
export function compileVariants(
  variants: readonly StepVariant[],
  initialState: readonly tf.Tensor[],
  { mode, writeGraph, compiler = 'tensorflow' }: Omit<CompileOptions, 'stepsPerCall'>,
): StepVariants {
  if (mode === 'eager') return new EagerVariants(variants, initialState, []);
  const started = performance.now();
  try {
    const state = initialState.map(specOf);
    const recordings = variants.map(({ step, exampleFeeds }) => record(step, state, exampleFeeds.map(specOf)));
    const [first, ...others] = recordings;
    const load = { writeGraph, compiler, stepsPerCall: 1, recordMs: performance.now() - started, reasons: [] };
    const graph = GraphStep.load(first!, initialState, variants[0]!.exampleFeeds, load, others);
    return {
      run: (variant, feeds) => (variant === 0 ? graph.run(feeds) : graph.runVariant(variant - 1, feeds)),
      readState: (first, end) => graph.readState(first, end),
      writeState: (values, first, end) => graph.writeState(values, first, end),
      facts: graph.facts,
      dispose: () => graph.dispose(),
    };
  } catch (error) {
    if (!(error instanceof NotExpressible)) throw error;
    return new EagerVariants(variants, initialState, [`The step runs eagerly: ${error.message}.`]);
  }
}

/** One eager step for each variant; the state goes with whoever runs. */
class EagerVariants implements StepVariants {
  readonly facts: CompileFacts;
  private readonly steps: readonly EagerStep[];
  private holder: EagerStep;

  constructor(variants: readonly StepVariant[], initialState: readonly tf.Tensor[], reasons: readonly string[]) {
    this.steps = variants.map(
      ({ step, exampleFeeds }) => new EagerStep(step, initialState, exampleFeeds, { stepsPerCall: 1, reasons }),
    );
    this.holder = this.steps[0]!;
    for (const step of this.steps.slice(1)) this.hand(step);
    this.facts = this.holder.facts;
  }

  run(variant: number, feeds: readonly FeedValue[]): Float32Array[] {
    const step = this.steps[variant]!;
    this.hand(step);
    return step.run(feeds);
  }

  private hand(step: EagerStep): void {
    step.takeState(this.holder);
    this.holder = step;
  }

  readState(first?: number, end?: number): TensorValues[] {
    return this.holder.readState(first, end);
  }

  writeState(values: readonly TensorValues[], first?: number, end?: number): void {
    this.holder.writeState(values, first, end);
  }

  dispose(): void {
    for (const step of this.steps) step.dispose();
  }
}
