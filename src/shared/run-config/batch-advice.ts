import { adviseLayout, type LayoutAdvice } from './layout-advice.ts';
import { largestActivation, networkSize } from './network-size.ts';
import type { EpisodeTaskConfig, MetaRunConfig } from './schema.ts';
import { wayOf } from './task-facts.ts';
import { trainingTask } from './training-task.ts';

/** Examples of one task. */
export interface TaskExamples {
  readonly support: number;
  readonly query: number;
}

export function taskExamples(task: EpisodeTaskConfig): TaskExamples {
  const way = wayOf(task) ?? 1;
  return { support: way * task.shot, query: way * task.query };
}

/** How a run's tasks are laid out, from its config and the shape of an example alone. */
export function layoutOf(config: MetaRunConfig, exampleShape: readonly number[]): LayoutAdvice {
  const { support, query } = taskExamples(trainingTask(config));
  const outputs = wayOf(config.task) ?? 1;
  return adviseLayout(config, {
    parameters: networkSize(config.model, exampleShape, outputs).parameters,
    activationSize: largestActivation(config.model, exampleShape, outputs),
    taskAxis: config.model.kind === 'mlp' ? 'supported' : 'not-supported',
    examples: support + query,
  });
}

/** A change of one field that makes a training step need less memory. */
export interface SmallerBatch {
  readonly path: 'outer.metaBatch' | 'task.query' | 'algorithm.trainQuery';
  readonly value: number;
  /** Tasks that are then computed at once. */
  readonly tasksAtOnce: number;
}

/**
 * The next smaller batch that needs less memory: half the tasks where they lie side by side; of looped ones, which are
 * computed in equal parts of the meta-batch, the largest meta-batch whose parts are one task smaller; where a part is
 * one task, half the queries. null where both are 1.
 */
export function nextSmallerBatch(config: MetaRunConfig, exampleShape: readonly number[]): SmallerBatch | null {
  const { metaBatch } = config.outer;
  const now = layoutOf(config, exampleShape);
  const tasksOf = (smaller: number) =>
    layoutOf({ ...config, outer: { ...config.outer, metaBatch: smaller } }, exampleShape).tasksPerStep;
  if (now.tasksPerStep > 1) {
    const tasksAtOnce = now.batching === 'batched' ? Math.floor(metaBatch / 2) : now.tasksPerStep - 1;
    let value = now.batching === 'batched' ? tasksAtOnce : metaBatch - 1;
    while (tasksOf(value) !== tasksAtOnce) value--; // ends at tasksAtOnce, all of which fit
    return { path: 'outer.metaBatch', value, tasksAtOnce };
  }
  const { query } = trainingTask(config);
  if (query === 1) return null;
  const own = 'trainQuery' in config.algorithm && config.algorithm.trainQuery > 0;
  return { path: own ? 'algorithm.trainQuery' : 'task.query', value: Math.floor(query / 2), tasksAtOnce: 1 };
}

/** What filled the memory and what would need less, in one sentence. */
export function memoryRemedy(config: MetaRunConfig, exampleShape: readonly number[]): string {
  const { metaBatch } = config.outer;
  const { tasksPerStep } = layoutOf(config, exampleShape);
  const { support, query } = taskExamples(trainingTask(config));
  const tasks = `${tasksPerStep} of the ${metaBatch} ${metaBatch === 1 ? 'task' : 'tasks'} of a meta-batch at once`;
  const computed = `A step computes ${tasks}, each with ${support} support and ${query} query examples`;
  const smaller = nextSmallerBatch(config, exampleShape);
  if (smaller === null) return `${computed}: use a smaller network or fewer inner steps.`;
  const tells = smaller.path === 'outer.metaBatch' ? `, which computes ${smaller.tasksAtOnce} at once` : '';
  return `${computed}: set ${smaller.path} to ${smaller.value}${tells}.`;
}
