import * as tf from '@tensorflow/tfjs-core';
import type { Algorithm } from '../algorithms/algorithm.ts';
import type { Problem } from '../algorithms/problem.ts';
import { type CompiledFunction, type CompileOptions, compileFunction } from '../compile/compiled-step.ts';
import type { EvaluateHooks, EvaluateRequest, EvaluationOutcome } from '../learner-types.ts';
import type { TaskLayout } from '../task-layout.ts';
import { exampleFeeds } from '../tasks/example-feeds.ts';
import { createTaskBatch, feedsOf, type TaskSampler } from '../tasks/task-batch.ts';
import { createAdaptationFunction } from './adaptation-function.ts';
import { episodeRandom } from './episode-random.ts';
import { summarizeEpisodes } from './summary.ts';

export interface EvaluatorParts {
  readonly algorithm: Algorithm;
  readonly problem: Problem;
  readonly batching: TaskLayout['batching'];
  /** Episodes that one call adapts to, for this many inner steps. */
  readonly episodesPerCall: (steps: number) => number;
  readonly compile: Omit<CompileOptions, 'stepsPerCall'>;
}

/** Adapts to test episodes; each number of inner steps is recorded once and kept. */
export class Evaluator {
  private readonly parts: EvaluatorParts;
  private readonly functions = new Map<number, CompiledFunction>();

  constructor(parts: EvaluatorParts) {
    this.parts = parts;
  }

  /**
   * `meta`: values of the meta-parameters. Each episode has a generator of its own, so it is the same task in whatever
   * order and number episodes are computed. Null when stopped.
   */
  async evaluate(
    meta: readonly Float32Array[],
    sampler: TaskSampler,
    { split, episodes, episodeSeed, steps }: EvaluateRequest,
    { onProgress, shouldStop }: EvaluateHooks = {},
  ): Promise<EvaluationOutcome | null> {
    const episodesPerCall = this.parts.episodesPerCall(steps);
    const adapt = this.functionFor(steps, sampler);
    adapt.writeState(meta);
    const batch = createTaskBatch(sampler.shape, episodesPerCall);
    let tables: readonly Float64Array[] | null = null;
    for (let first = 0; first < episodes; first += episodesPerCall) {
      const count = Math.min(episodesPerCall, episodes - first); // what stands behind them in the last batch is ignored
      for (let i = 0; i < count; i++) sampler.drawInto(batch, i, episodeRandom(episodeSeed, split, first + i));
      const fetches = adapt.run(feedsOf(batch));
      tables ??= fetches.map(({ length }) => new Float64Array((length / episodesPerCall) * episodes));
      tables.forEach((table, i) => {
        copyColumns(fetches[i]!, episodesPerCall, table, episodes, first, count);
      });
      await onProgress?.(first + count, episodes);
      if (shouldStop?.()) return null;
    }
    const [losses, accuracies] = tables!; // [points of the curve, episodes] each
    return summarizeEpisodes(losses!, accuracies ?? null, episodes);
  }

  dispose(): void {
    for (const compiled of this.functions.values()) compiled.dispose();
    this.functions.clear();
  }

  private functionFor(steps: number, sampler: TaskSampler): CompiledFunction {
    const known = this.functions.get(steps);
    if (known) return known;
    const { algorithm, problem, batching, compile } = this.parts;
    const episodes = this.parts.episodesPerCall(steps);
    const adapt = createAdaptationFunction(algorithm, problem, batching, episodes, steps);
    const meta = algorithm.metaParameters(problem).map(({ shape }) => tf.zeros([...shape]));
    const feeds = exampleFeeds(sampler.shape, problem.model.inputShape, episodes);
    try {
      const compiled = compileFunction(adapt, meta, feeds, compile);
      this.functions.set(steps, compiled);
      return compiled;
    } finally {
      tf.dispose([...meta, ...feeds]);
    }
  }
}

/** Copies the first `count` columns of a batch to the columns from `first` on of a wider table. */
function copyColumns(
  batch: Float32Array,
  batchWidth: number,
  table: Float64Array,
  width: number,
  first: number,
  count: number,
): void {
  for (let row = 0; row * batchWidth < batch.length; row++) {
    for (let i = 0; i < count; i++) table[row * width + first + i] = batch[row * batchWidth + i]!;
  }
}
