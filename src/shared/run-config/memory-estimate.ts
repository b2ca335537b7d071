import { layoutOf, type TaskExamples, taskExamples } from './batch-advice.ts';
import type { LayoutAdvice } from './layout-advice.ts';
import { type NetworkLayer, networkLayers } from './network-size.ts';
import type { MetaRunConfig } from './schema.ts';
import { wayOf } from './task-facts.ts';
import { trainingTask } from './training-task.ts';
import { adviseXla } from './xla-advice.ts';

/** What of a run's data its memory depends on. */
export interface DataFacts {
  /** [1] for curves, [2] for points, [height, width, channels] for images. */
  readonly exampleShape: readonly number[];
  /** Classes that a pretraining tells apart, rotations counted. */
  readonly trainingClasses: number;
  /** All pixels, which a trainer keeps in memory; 0 for generated tasks. */
  readonly storedBytes: number;
}

/** Largest resident size of a run's trainer as an upper bound, and what it is made of; bytes. */
export interface MemoryEstimate {
  readonly peakBytes: number;
  /** Node, TensorFlow and the compiled graphs of training and evaluation. */
  readonly programBytes: number;
  /** Parameters and optimiser slots with their copies, and the dataset. */
  readonly keptBytes: number;
  /** Activations, gradients and each task's own weights, of the tasks that are computed at once. */
  readonly workBytes: number;
  readonly tasksAtOnce: number;
}

const FLOAT = 4;
/*
 * Measured on the CPU with Node 24 and TensorFlow 2.21 (test/trainer/memory-estimate.test.ts holds them to real runs).
 */
/** Resident when TensorFlow is loaded, and what the JavaScript heap grows by. */
const PROCESS = 440e6;
/** First graph that TensorFlow runs, and each operation of any; with XLA its compiler comes along. */
const GRAPH = { base: 130e6, perOperation: 14e3 };
const XLA = { base: 190e6, perOperation: 150e3 };
/** Copies of parameters and slots: in the graph, in the trainer, in the checkpoint that is being written. */
const STATE_COPIES = 6;
/** A layer's result is there this many times at once: convolved, centred, scaled, activated, and as gradients. */
const RESULT_COPIES = 6;
/** Eager operations keep what a graph drops as soon as it was used. */
const EAGER_RESULT_COPIES = 32;
/** Batch of tasks: on the host, as native tensors, cut into tasks. */
const FEED_COPIES = 3;

/** Operations of one layer: in a query pass with its gradient and without, and in an inner step. */
const denseOperations = { query: 60, measure: 10, firstOrderStep: 20, secondOrderStep: 50 };
const normedOperations = { query: 70, measure: 25, firstOrderStep: 60, secondOrderStep: 170 };

/**
 * How much memory a run takes, from its config and the facts of its data alone: an upper bound for the trainer's
 * process on the CPU. On a card, `workBytes` and the graph's copy of the parameters lie in the card's memory.
 */
export function estimateMemory(config: MetaRunConfig, data: DataFacts): MemoryEstimate {
  const { model, task } = config;
  const layers = networkLayers(model, data.exampleShape, wayOf(task) ?? 1);
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const layout = layoutOf(config, data.exampleShape);
  const work: Work = { config, layers, parameters, layout, example: product(data.exampleShape) };
  const workBytes = Math.max(
    trainingWork(work, taskExamples(trainingTask(config))),
    evaluationWork(work, taskExamples(task)),
  );
  const learned = learnedParameters(config, layers, parameters, data.trainingClasses);
  const keptBytes = learned * (1 + slots(config)) * FLOAT * STATE_COPIES + data.storedBytes;
  const programBytes = PROCESS + graphBytes(work);
  return {
    peakBytes: programBytes + keptBytes + workBytes,
    ...{ programBytes, keptBytes, workBytes, tasksAtOnce: layout.tasksPerStep },
  };
}

interface Work {
  readonly config: MetaRunConfig;
  readonly layers: readonly NetworkLayer[];
  readonly parameters: number;
  readonly layout: LayoutAdvice;
  /** Numbers in an example. */
  readonly example: number;
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** Inner steps by how much of them the meta-gradient goes through, and passes over the query examples. */
function passes({ algorithm, inner: { steps } }: MetaRunConfig) {
  switch (algorithm.kind) {
    case 'fomaml':
    case 'reptile':
    case 'from-scratch':
      return { firstOrder: steps, secondOrder: 0, query: 1 };
    case 'proto-net':
    case 'pretrain':
      return { firstOrder: 0, secondOrder: 0, query: 1 };
    case 'imaml':
      return { firstOrder: steps, secondOrder: algorithm.solverSteps, query: 1 };
    case 'maml-plus-plus':
      return { firstOrder: 0, secondOrder: steps, query: algorithm.multiStepShare > 0 ? steps : 1 };
    default:
      return { firstOrder: 0, secondOrder: steps, query: 1 };
  }
}

/** A second-order step is kept until the meta-gradient comes back through it; a first-order one makes way for the next. */
function trainingWork({ config, layers, parameters, layout, example }: Work, { support, query }: TaskExamples): number {
  const { secondOrder, query: queryPasses } = passes(config);
  const results = layers.reduce((sum, layer) => sum + layer.results, 0) + example;
  const examples = query * queryPasses + support * Math.max(1, 2 * secondOrder);
  const activations = results * examples * copiesOf(config);
  const weights = parameters * Math.max(6, 2 * secondOrder + 4);
  const feeds = (support + query) * example * FEED_COPIES;
  return (activations + weights + feeds) * layout.tasksPerStep * FLOAT;
}

function evaluationWork(
  { config, layers, parameters, layout, example }: Work,
  { support, query }: TaskExamples,
): number {
  const episodes = layout.episodesPerCall(config.evaluation.testSteps);
  const results = layers.reduce((sum, layer) => sum + layer.results, 0) + example;
  const activations = results * (support + query) * copiesOf(config);
  return (activations + parameters * 6) * episodes * FLOAT;
}

const copiesOf = ({ engine }: MetaRunConfig): number => (engine.mode === 'eager' ? EAGER_RESULT_COPIES : RESULT_COPIES);

function graphBytes({ config, layers, layout }: Work): number {
  if (config.engine.mode === 'eager') return GRAPH.base;
  const { firstOrder, secondOrder, query } = passes(config);
  const { testSteps } = config.evaluation;
  const operations = config.model.kind === 'mlp' ? denseOperations : normedOperations;
  const perTask =
    operations.query * query + operations.firstOrderStep * firstOrder + operations.secondOrderStep * secondOrder;
  const perEpisode = (operations.measure + operations.firstOrderStep) * testSteps;
  const [tasks, episodes] =
    layout.batching === 'batched' ? [1, 1] : [layout.tasksPerStep, layout.episodesPerCall(testSteps)];
  const training = adviseXla(config) === 'on' ? XLA : GRAPH;
  return (
    training.base +
    layers.length * (perTask * tasks * training.perOperation + perEpisode * episodes * GRAPH.perOperation)
  );
}

/** What the outer loop learns: the network, or more. */
function learnedParameters(
  { algorithm, inner }: MetaRunConfig,
  layers: readonly NetworkLayer[],
  parameters: number,
  trainingClasses: number,
): number {
  switch (algorithm.kind) {
    case 'meta-sgd':
      return 2 * parameters;
    case 'maml-plus-plus':
      return parameters + layers.length * 3 * (inner.steps + 1) * 1000; // rates, and scales and shifts of each step
    case 'pretrain':
      return parameters + (layers.at(-2)?.results ?? 0) * trainingClasses;
    default:
      return parameters;
  }
}

const slots = ({ outer }: MetaRunConfig): number => (outer.optimizer === 'sgd' ? 0 : 2);
