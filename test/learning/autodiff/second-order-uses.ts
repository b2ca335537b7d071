import * as tf from '@tensorflow/tfjs-core';
import type { Problem } from '../../../src/main/learning/algorithms/problem.ts';
import { createAlgorithm } from '../../../src/main/learning/algorithms/registry.ts';
import { accuracy, crossEntropy, meanSquaredError, type TaskLoss } from '../../../src/main/learning/losses.ts';
import { createModel } from '../../../src/main/learning/models/create-model.ts';
import { episodeAlgorithms } from '../../../src/shared/run-config/algorithm-facts.ts';
import { completeRunConfig } from '../../../src/shared/run-config/complete.ts';
import type { MetaAlgorithmConfig, MetaRunConfig } from '../../../src/shared/run-config/schema.ts';
import { randomTensor } from '../differences.ts';
import { type ModelCase, modelCases } from '../models/cases.ts';
import { differentiatedKernels } from './differentiated-kernels.ts';

/** One network with one loss under one algorithm. */
export interface Use {
  readonly model: ModelCase;
  readonly loss: TaskLoss;
  readonly algorithm: MetaAlgorithmConfig;
  readonly innerOptimizer: MetaRunConfig['inner']['optimizer'];
}

const [WAY, PER_CLASS] = [2, 2];

const withDefaults = (algorithm: object): MetaAlgorithmConfig =>
  completeRunConfig({ task: { kind: 'image-classes' }, algorithm }).algorithm as MetaAlgorithmConfig;
const kinds = episodeAlgorithms;
const algorithms = [...kinds.map((kind) => ({ kind })), { kind: 'pretrain', head: 'cosine' }].map(withDefaults);
const maml = withDefaults({ kind: 'maml' });

/** Every network under every algorithm with cross-entropy, and with what else there is under MAML. */
export const uses: readonly Use[] = modelCases.flatMap((model): Use[] => [
  ...algorithms.map((algorithm): Use => ({ model, loss: crossEntropy, algorithm, innerOptimizer: 'sgd' })),
  { model, loss: crossEntropy, algorithm: maml, innerOptimizer: 'momentum' },
  { model, loss: crossEntropy, algorithm: maml, innerOptimizer: 'adam' },
  { model, loss: meanSquaredError, algorithm: maml, innerOptimizer: 'sgd' },
]);

/** The derivatives that this use's meta-gradient takes, as `Kernel.input`. */
export function kernelsOf({ model, loss, algorithm: settings, innerOptimizer }: Use): ReadonlySet<string> {
  const algorithm = createAlgorithm(settings.kind === 'imaml' ? { ...settings, solverSteps: 1 } : settings);
  const classification = loss !== meanSquaredError;
  const network = createModel(model.config, model.example, WAY);
  const batched = network.taskAxis === 'supported';
  const problem: Problem = {
    ...{ model: network, loss, accuracy: classification ? accuracy : null },
    ...{ innerRate: 0.1, innerSteps: batched ? 2 : 1, innerOptimizer, outputs: WAY, trainingOutputs: WAY },
  };
  const examples = (name: string) => {
    const leading = batched ? [2, WAY * PER_CLASS] : [WAY * PER_CLASS];
    const oneHot = tf.tile(tf.reshape(tf.tensor2d([1, 0, 1, 0, 0, 1, 0, 1], [4, 2]), [1, 4, 2]), [
      batched ? 2 : 1,
      1,
      1,
    ]);
    return {
      inputs: randomTensor(name, [...leading, ...problem.model.inputShape]),
      targets: tf.reshape(oneHot, [...leading, WAY]),
    };
  };
  return differentiatedKernels(() => {
    const meta = algorithm.metaParameters(problem).map(({ name, shape }) => randomTensor(name, [...shape]));
    const tasks = { support: examples('support'), query: examples('query'), taskAxis: batched ? 2 : null };
    const schedule = algorithm.schedule?.(problem);
    algorithm.metaGradient(problem, meta, tasks, schedule ? tf.tensor1d([...schedule.at(0)]) : null);
  }).anywhere;
}
