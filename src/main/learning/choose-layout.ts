import type { RunConfig } from '../../shared/run-config/schema.ts';
import { type Model, parameterCount } from './models/model.ts';
import type { TaskLayout } from './task-layout.ts';
import type { TaskShape } from './tasks/task-batch.ts';

/** A batched step keeps several copies of every task's weights: beyond this many numbers looping is kinder to memory. */
const LARGEST_BATCHED_WEIGHTS = 20_000_000;
/** Above this many weights in a step, the native call no longer counts beside the arithmetic. */
const SMALL_STEP_WEIGHTS = 500_000;
/** Several tasks in one graph keep all cores busy; more of them only take more memory. */
const MOST_LOOPED_TASKS = 4;
/** Inner steps of all looped tasks together, which the size of the graph follows. */
const MOST_LOOPED_STEPS = 40;
/** Numbers in the largest activation of all looped tasks together: tasks in one graph hold their memory at once. */
const MOST_LOOPED_ACTIVATIONS = 16_000_000;
/** Episodes side by side in an evaluation. */
const BATCHED_EPISODES = 50;

export interface ChosenLayout {
  readonly layout: TaskLayout;
  /** Why a wish of the config was not followed. */
  readonly reason: string | null;
  /** Whether steps are so small that several in one native call pay. */
  readonly suits: 'several' | 'one';
  /** Episodes in one call of an evaluation with this many inner steps. */
  episodesPerCall(steps: number): number;
}

/** How to lay out the tasks of a step: dense networks side by side where memory allows, convolutions one by one. */
export function chooseLayout(config: RunConfig, model: Model, shape: TaskShape): ChosenLayout {
  const { metaBatch } = config.outer;
  const wish = config.engine.taskBatching;
  const weights = parameterCount(model.parameters) * metaBatch;
  const fits = wish === 'batched' || weights <= LARGEST_BATCHED_WEIGHTS;
  if (model.taskAxis === 'supported' && wish !== 'looped' && fits) {
    return {
      layout: { batching: 'batched', tasksPerStep: metaBatch, metaBatch },
      reason: null,
      suits: weights <= SMALL_STEP_WEIGHTS ? 'several' : 'one',
      episodesPerCall: () => BATCHED_EPISODES,
    };
  }
  const tasksFor = (steps: number) => mostLoopedTasks(model, shape, steps);
  return {
    layout: { batching: 'looped', tasksPerStep: largestDivisor(metaBatch, tasksFor(config.inner.steps)), metaBatch },
    reason:
      wish === 'batched' ? 'Convolutions take one set of weights at a time, so tasks run one after another.' : null,
    suits: 'one',
    episodesPerCall: tasksFor,
  };
}

function mostLoopedTasks(model: Model, { supportExamples, queryExamples }: TaskShape, steps: number): number {
  const activations = model.activationSize * (supportExamples + queryExamples);
  const bySteps = Math.floor(MOST_LOOPED_STEPS / Math.max(1, steps));
  const byMemory = Math.floor(MOST_LOOPED_ACTIVATIONS / activations);
  return Math.max(1, Math.min(MOST_LOOPED_TASKS, bySteps, byMemory));
}

function largestDivisor(number: number, most: number): number {
  for (let divisor = Math.min(number, most); divisor > 1; divisor--) if (number % divisor === 0) return divisor;
  return 1;
}
