import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/main/learning/algorithms/problem.ts';
import { createAlgorithm } from '../../src/main/learning/algorithms/registry.ts';
import { registerSecondOrderGradients } from '../../src/main/learning/autodiff/second-order-gradients.ts';
import { compileStep } from '../../src/main/learning/compile/compiled-step.ts';
import { accuracy, crossEntropy } from '../../src/main/learning/losses.ts';
import { createMetaStep, type MetaStepParts, metaStepState } from '../../src/main/learning/meta-step.ts';
import { createModel } from '../../src/main/learning/models/create-model.ts';
import { adam } from '../../src/main/learning/optimizers/adam.ts';
import type { TaskLayout } from '../../src/main/learning/task-layout.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../src/main/trainer/graph-folder.ts';
import { randomTensor, relativeError } from './differences.ts';

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

const problem: Problem = {
  model: createModel({ kind: 'mlp', hidden: [6], activation: 'tanh', initialization: 'glorot-uniform' }, [3], 2),
  loss: crossEntropy,
  accuracy,
  innerRate: 0.3,
  innerSteps: 2,
  innerOptimizer: 'sgd',
  outputs: 2,
  trainingOutputs: 2,
};

const partsFor = (layout: TaskLayout, kind: 'maml' | 'fomaml' = 'maml'): MetaStepParts => ({
  ...{
    algorithm: createAlgorithm({ kind }),
    problem,
    optimizer: adam(0.01),
    clip: { kind: 'norm', limit: 0.05 },
    layout,
  },
});

/** Parameters as drawn, everything else zero. */
const stateFor = (parts: MetaStepParts): tf.Tensor[] =>
  metaStepState(parts).map(({ name, shape }, i) =>
    i < problem.model.parameters.length ? randomTensor(name, [...shape]) : tf.zeros([...shape]),
  );

const targets = (name: string, shape: [number, number]): tf.Tensor =>
  tf.oneHot(tf.cast(tf.greater(randomTensor(name, shape), 0), 'int32'), 2).toFloat();
const tasks = (): tf.Tensor[] => [
  randomTensor('support', [4, 5, 3]),
  targets('support targets', [4, 5]),
  randomTensor('query', [4, 6, 3]),
  targets('query targets', [4, 6]),
];
const values = (tensors: readonly tf.Tensor[]): number[] => tensors.flatMap((tensor) => [...tensor.dataSync()]);

describe('one meta-iteration', () => {
  const whole = (batching: TaskLayout['batching']) => {
    const parts = partsFor({ batching, tasksPerStep: 4, metaBatch: 4 });
    return createMetaStep(parts)(stateFor(parts), tasks());
  };

  it('is the same with tasks side by side and one by one', () => {
    const batched = whole('batched');
    const looped = whole('looped');
    expect(relativeError(values(batched.state), values(looped.state))).toBeLessThan(1e-5);
    expect(relativeError(values(batched.fetches), values(looped.fetches))).toBeLessThan(1e-5);
  });

  it('is the same in shares of its tasks, and the gradient sums are zero again afterwards', () => {
    const expected = whole('looped');
    const parts = partsFor({ batching: 'looped', tasksPerStep: 2, metaBatch: 4 });
    const step = createMetaStep(parts);
    const half = (first: number) => tasks().map((tensor) => tf.slice(tensor, first, 2));
    const start = stateFor(parts);
    const between = step(start, [...half(0), tf.scalar(0)]);
    const end = step(between.state, [...half(2), tf.scalar(1)]);
    const own = expected.state.length;
    expect(values(between.state.slice(0, own))).toEqual(values(start.slice(0, own)));
    expect(relativeError(values(end.state.slice(0, own)), values(expected.state))).toBeLessThan(1e-5);
    expect(values(end.state.slice(own)).every((value) => value === 0)).toBe(true);
    expect(end.fetches.at(-1)!.dataSync()[0]).toBeCloseTo(expected.fetches.at(-1)!.dataSync()[0]!, 5);
    expect([...values([between.fetches[0]!]), ...values([end.fetches[0]!])]).toEqual(
      values([expected.fetches[0]!]).map((loss) => expect.closeTo(loss, 5)),
    );
  });

  it('of FOMAML is another and builds no second derivatives', () => {
    const operationsOf = (kind: 'maml' | 'fomaml') => {
      const parts = partsFor({ batching: 'looped', tasksPerStep: 4, metaBatch: 4 }, kind);
      const step = compileStep(createMetaStep(parts), stateFor(parts), tasks(), {
        mode: 'compiled',
        writeGraph: writeGraphFolder,
      });
      step.dispose();
      return step.facts.operations;
    };
    expect(operationsOf('fomaml')).toBeLessThan(0.7 * operationsOf('maml'));
  });
});
