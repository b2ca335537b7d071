import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Problem } from '../../src/main/learning/algorithms/problem.ts';
import { createAlgorithm } from '../../src/main/learning/algorithms/registry.ts';
import { accuracy, crossEntropy, meanSquaredError } from '../../src/main/learning/losses.ts';
import { createMetaStep } from '../../src/main/learning/meta-step.ts';
import { createModel } from '../../src/main/learning/models/create-model.ts';
import { sgd } from '../../src/main/learning/optimizers/sgd.ts';
import { stepSchedule } from '../../src/main/learning/schedule.ts';
import type { TaskLayout } from '../../src/main/learning/task-layout.ts';
import type { MetaAlgorithmConfig, NetworkConfig } from '../../src/shared/run-config/schema.ts';
import { relativeError } from '../learning/differences.ts';

/** Meta-gradients of reference/make_fixtures.py, and ours beside them. */

interface StoredTensor {
  readonly shape: number[];
  readonly values: number[];
}

export interface Expected {
  readonly innerSteps: number;
  readonly losses: number[];
  readonly gradients: number[][];
}

export interface Fixture {
  /** Without `initialization`: the fixture has its weights. */
  readonly model: NetworkConfig;
  readonly loss: 'cross-entropy' | 'mean-squared-error';
  readonly innerRate: number;
  readonly parameters: StoredTensor[];
  /** Support inputs, support targets, query inputs, query targets of each task. */
  readonly tasks: [StoredTensor, StoredTensor, StoredTensor, StoredTensor][];
  readonly expected: readonly (Expected & { readonly order: 'first' | 'second' })[];
}

/** What reference/make_algorithm_fixtures.py says of one algorithm, on the network and tasks of another fixture. */
export interface AlgorithmFixture {
  readonly base: (typeof fixtureNames)[number];
  readonly algorithm: MetaAlgorithmConfig;
  /** The moment of a run, for what changes in its course. */
  readonly iteration: number;
  readonly iterations: number;
  readonly innerOptimizer: Problem['innerOptimizer'];
  readonly innerRate: number;
  /** With the meta-parameters, where they are not simply those of the network. */
  readonly expected: readonly (Expected & { readonly parameters?: StoredTensor[] })[];
}

export const fixtureNames = [
  'mlp-tanh-cross-entropy',
  'mlp-softplus-cross-entropy',
  'mlp-sigmoid-cross-entropy',
  'mlp-relu-sinusoid',
  'conv4-stride-transductive',
  'conv4-stride-inductive',
  'conv4-max-pool-transductive',
  'conv4-max-pool-inductive',
  'resnet12-transductive',
  'resnet12-inductive',
  'cnn1d-transductive',
  'cnn1d-inductive',
] as const;

export const readFixture = <T = Fixture>(name: string): T =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8')) as T;

export interface Comparison {
  /** Relative errors against the reference, all parameters taken together. */
  readonly gradientError: number;
  readonly lossError: number;
}

type Circumstances = Pick<AlgorithmFixture, 'iteration' | 'iterations' | 'innerOptimizer'>;
const usual: Circumstances = { iteration: 1, iterations: 1, innerOptimizer: 'sgd' };

/** Our meta-gradient by the whole meta-step: a step of plain gradient descent with rate 1 shows the gradient. */
export function compareMetaGradient(
  fixture: Fixture,
  settings: MetaAlgorithmConfig,
  { innerSteps, losses, gradients }: Expected,
  batching: TaskLayout['batching'],
  { iteration, iterations, innerOptimizer }: Circumstances = usual,
): Comparison {
  return tf.tidy(() => {
    const taskCount = fixture.tasks.length;
    const [inputs, targets] = fixture.tasks[0]!;
    const classification = fixture.loss === 'cross-entropy';
    const algorithm = createAlgorithm(settings);
    const problem: Problem = {
      model: createModel(fixture.model, inputs.shape.slice(1), targets.shape.at(-1)!),
      loss: classification ? crossEntropy : meanSquaredError,
      accuracy: classification ? accuracy : null,
      innerRate: fixture.innerRate,
      innerSteps,
      innerOptimizer,
      outputs: targets.shape.at(-1)!,
      trainingOutputs: targets.shape.at(-1)!,
    };
    const outer = { rate: 1, schedule: { kind: 'constant' }, warmUp: 0, iterations } as const;
    const schedule = stepSchedule(outer, algorithm.schedule?.(problem) ?? null);
    const step = createMetaStep({
      algorithm,
      problem,
      schedule,
      optimizer: sgd(1),
      clip: { kind: 'off' },
      layout: { batching, tasksPerStep: taskCount, metaBatch: taskCount },
    });
    const parameters = fixture.parameters.map(({ shape, values }) => tf.tensor(values, shape, 'float32'));
    const feeds = [0, 1, 2, 3].map((part) => {
      const values = fixture.tasks.flatMap((task) => task[part]!.values);
      return tf.tensor(values, [taskCount, ...fixture.tasks[0]![part]!.shape], 'float32');
    });
    if (schedule) feeds.push(tf.tensor1d([...schedule.at(iteration)]));
    const result = step(parameters, feeds);
    const ours = result.state.flatMap((updated, i) => [...tf.sub(parameters[i]!, updated).dataSync()]);
    return {
      gradientError: relativeError(ours, gradients.flat()),
      lossError: relativeError(result.fetches[0]!.dataSync(), losses),
    };
  });
}
