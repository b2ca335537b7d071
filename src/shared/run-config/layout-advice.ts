import type { RunConfig } from './schema.ts';

/** A batched step keeps several copies of every task's weights: beyond this many numbers looping is kinder to memory. */
const LARGEST_BATCHED_WEIGHTS = 20_000_000;
/** Several tasks in one graph keep all cores busy; more of them only take more memory. */
const MOST_LOOPED_TASKS = 4;
/** Inner steps of all looped tasks together, which the size of the graph follows. */
const MOST_LOOPED_STEPS = 40;
/** Numbers in the largest activation of all looped tasks together: tasks in one graph hold their memory at once. */
const MOST_LOOPED_ACTIVATIONS = 16_000_000;
/** Episodes side by side in an evaluation. */
const BATCHED_EPISODES = 50;

/** What the layout depends on, besides the config. */
export interface LayoutFacts {
  /** Of the network. */
  readonly parameters: number;
  /** Numbers in its largest activation, per example. */
  readonly activationSize: number;
  readonly taskAxis: 'supported' | 'not-supported';
  /** Support and query examples of a training task. */
  readonly examples: number;
}

export interface LayoutAdvice {
  /** `batched`: tasks side by side along an axis. `looped`: one after another in the same graph. */
  readonly batching: 'batched' | 'looped';
  /** Tasks in one native call; divides the meta-batch. */
  readonly tasksPerStep: number;
  /** Episodes in one call of an evaluation with this many inner steps. */
  episodesPerCall(steps: number): number;
}

type LaidOut = Pick<RunConfig, 'engine' | 'inner'> & { readonly outer: Pick<RunConfig['outer'], 'metaBatch'> };

/** How the tasks of a step are laid out: dense networks side by side where memory allows, convolutions one by one. */
export function adviseLayout({ engine, inner, outer }: LaidOut, facts: LayoutFacts): LayoutAdvice {
  const { metaBatch } = outer;
  const wish = engine.taskBatching;
  const fits = wish === 'batched' || facts.parameters * metaBatch <= LARGEST_BATCHED_WEIGHTS;
  if (facts.taskAxis === 'supported' && wish !== 'looped' && fits) {
    return { batching: 'batched', tasksPerStep: metaBatch, episodesPerCall: () => BATCHED_EPISODES };
  }
  const tasksFor = (steps: number) => mostLoopedTasks(facts, steps);
  return {
    batching: 'looped',
    tasksPerStep: largestDivisor(metaBatch, tasksFor(inner.steps)),
    episodesPerCall: tasksFor,
  };
}

function mostLoopedTasks({ activationSize, examples }: LayoutFacts, steps: number): number {
  const bySteps = Math.floor(MOST_LOOPED_STEPS / Math.max(1, steps));
  const byMemory = Math.floor(MOST_LOOPED_ACTIVATIONS / (activationSize * examples));
  return Math.max(1, Math.min(MOST_LOOPED_TASKS, bySteps, byMemory));
}

function largestDivisor(number: number, most: number): number {
  for (let divisor = Math.min(number, most); divisor > 1; divisor--) if (number % divisor === 0) return divisor;
  return 1;
}
