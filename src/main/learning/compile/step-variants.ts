/**
 * Several steps on one state, in one graph: the same training step for texts of different lengths, and what predicts
 * with the state as it stands. Going from one to the other copies nothing.
 */

import * as tf from '@tensorflow/tfjs-core';
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
  readState(): TensorValues[];
  writeState(values: readonly TensorValues[]): void;
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
      readState: () => graph.readState(),
      writeState: (values) => graph.writeState(values),
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
    const nothing = initialState.map(({ shape, dtype }) => tf.zeros(shape, dtype));
    this.steps = variants.map(
      ({ step, exampleFeeds }, index) =>
        new EagerStep(step, index === 0 ? initialState : nothing, exampleFeeds, { stepsPerCall: 1, reasons }),
    );
    tf.dispose(nothing);
    this.holder = this.steps[0]!;
    this.facts = this.holder.facts;
  }

  run(variant: number, feeds: readonly FeedValue[]): Float32Array[] {
    const step = this.steps[variant]!;
    if (step !== this.holder) step.writeState(this.holder.readState());
    this.holder = step;
    return step.run(feeds);
  }

  readState(): TensorValues[] {
    return this.holder.readState();
  }

  writeState(values: readonly TensorValues[]): void {
    this.holder.writeState(values);
  }

  dispose(): void {
    for (const step of this.steps) step.dispose();
  }
}
