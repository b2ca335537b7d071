import type { RandomState } from '../../shared/random/random.ts';
import type { MetaRunConfig } from '../../shared/run-config/schema.ts';
import type { ExamplePredictions } from '../../shared/runs/example-predictions.ts';
import type { EngineFacts, PerStep } from '../../shared/runs/run.ts';
import type { WriteGraph } from './compile/compiled-step.ts';
import type { NamedTensor } from './named-tensor.ts';
import type { EpisodeSplit, TaskSource } from './tasks/task-source.ts';
import type { IterationMetrics } from './training-metrics.ts';

/**
 * What a trainer calls: one run's meta-parameters, optimiser and task streams behind a few verbs.
 * All calls compute on the calling thread and return when the numbers are there; nothing is read or written but
 * through the arguments. Same config, source and machine: the same numbers to the bit, also across `restore`.
 */
export interface MetaLearner {
  /** Meta-iterations done so far; the next call of `trainCall` begins with `iteration + 1`. */
  readonly iteration: number;
  /** Meta-parameters of the model, counted in numbers. */
  readonly parameterCount: number;
  /**
   * Records the training step (seconds for a large network); `trainCall` does it by itself when it was left out.
   * Say the phase `recording` before calling.
   */
  prepareTraining(): LearnerFacts;
  /**
   * Runs the next meta-iterations in one go and returns one entry for each, in order: at least 1, at most
   * `facts.stepsPerCall`. Never steps over a multiple of `evaluation.every` or `checkpoints.every`, nor over
   * `outer.iterations`. How the iterations fall into calls depends on the config alone, so that pauses change nothing.
   * Throws NonFiniteLossError; the state is of no use afterwards.
   */
  trainCall(): readonly IterationMetrics[];
  /** Adapts to test episodes and measures after each inner step; null when `shouldStop` answered true. */
  evaluate(request: EvaluateRequest, hooks?: EvaluateHooks): Promise<EvaluationOutcome | null>;
  /** The meta-parameters now, copied. */
  parameters(): readonly NamedTensor[];
  /** The meta-parameters at iteration 0, for the untrained baseline. */
  initialParameters(): readonly NamedTensor[];
  /** Everything that going on needs: parameters, optimiser slots, task stream, iteration. Exact to the bit. */
  state(): LearnerState;
  /** Goes on from `state()`, perhaps of another process; throws a plain sentence when it does not fit this config. */
  restore(state: LearnerState): void;
  dispose(): void;
}

export interface MetaLearnerOptions {
  readonly config: MetaRunConfig;
  readonly source: TaskSource;
  /** Puts a graph's bytes where TensorFlow can load them (learning touches no files itself). */
  readonly writeGraph: WriteGraph;
}

/** EngineFacts of runs/run.ts without what only the trainer knows of the device. */
export type LearnerFacts = Omit<EngineFacts, 'device' | 'deviceName' | 'tensorflow'>;

export interface LearnerState {
  readonly iteration: number;
  /** `parameter/...` and `optimizer/...`. */
  readonly tensors: readonly NamedTensor[];
  /** Stream of the training tasks. */
  readonly random: RandomState;
}

export interface EvaluateRequest {
  readonly split: EpisodeSplit;
  readonly episodes: number;
  /** Episode i of a split and seed is the same task whatever was computed before. */
  readonly episodeSeed: number;
  /** Inner steps; measured after 0, 1, ..., steps. */
  readonly steps: number;
  /** Parameters to start from, as `parameters()` gives them; left out: the current ones. */
  readonly from?: readonly NamedTensor[];
}

export interface EvaluateHooks {
  /** Called after each batch of episodes and awaited: the place to let messages in. */
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
  /** Asked after each batch of episodes. */
  readonly shouldStop?: () => boolean;
}

/** The evaluated part of an Evaluation of runs/run.ts. */
export interface EvaluationOutcome {
  readonly metric: 'accuracy' | 'loss';
  /** After the last step: mean over episodes, and half the width of its 95 % CI. */
  readonly mean: number;
  readonly ci95: number;
  readonly perStep: readonly PerStep[];
  readonly episodes: number;
  /** The metric of each episode after the last step, in episode order. */
  readonly perEpisode: Float64Array;
  /** Of a classifier of single examples: what it said of each. */
  readonly predictions?: ExamplePredictions;
}
