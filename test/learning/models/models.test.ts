import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../../../src/main/learning/models/create-model.ts';
import { glorotUniform } from '../../../src/main/learning/models/initializers.ts';
import { type Model, ownBatch, parameterCount } from '../../../src/main/learning/models/model.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { mean, variance } from '../../../src/shared/statistics/descriptive.ts';
import { randomTensor } from '../differences.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const initialized = ({ parameters }: Model): tf.Tensor[] =>
  parameters.map(({ name, shape, initialize }) => tf.tensor(initialize(shape, createRandom(1, name)), [...shape]));
const conv4 = (downsampling: 'stride' | 'max-pool', size: number, filters = 4) =>
  createModel({ kind: 'conv4', filters, downsampling, batchNorm: 'transductive' }, [size, size, 1], 5);

describe('MLP', () => {
  it('of Finn 2017 has 1,761 parameters', () => {
    const model = createModel({ kind: 'mlp', hidden: [40, 40], activation: 'relu' }, [1], 1);
    expect(parameterCount(model.parameters)).toBe(1761);
  });

  it('flattens images', () => {
    expect(createModel({ kind: 'mlp', hidden: [3], activation: 'tanh' }, [4, 5, 3], 2).inputShape).toEqual([60]);
  });

  it.each(['relu', 'tanh', 'sigmoid', 'softplus'] as const)(
    'with a task axis predicts as task by task: %s',
    (activation) => {
      const model = createModel({ kind: 'mlp', hidden: [6, 5], activation }, [3], 2);
      const weights = model.parameters.map(({ name, shape }) => randomTensor(name, [2, ...shape]));
      const inputs = randomTensor('inputs', [2, 4, 3]);
      const together = model.apply(weights, inputs, ownBatch).predictions;
      const apart = [0, 1].map((task) => {
        const own = (tensor: tf.Tensor) =>
          tf.squeeze(
            tf.slice(tensor, [task, ...tensor.shape.slice(1).map(() => 0)], [1, ...tensor.shape.slice(1)]),
            [0],
          );
        return model.apply(weights.map(own), own(inputs), ownBatch).predictions;
      });
      expect(together.shape).toEqual([2, 4, 2]);
      expect([...together.dataSync()]).toEqual(
        [...tf.stack(apart).dataSync()].map((value) => expect.closeTo(value, 5)),
      );
    },
  );
});

describe('Conv4', () => {
  it('of Finn 2017 for Omniglot has 112,005 parameters: 64 filters, batch norm without convolution biases', () => {
    expect(parameterCount(conv4('stride', 28, 64).parameters)).toBe(112_005);
  });

  it.each([
    ['stride', 28],
    ['stride', 13],
    ['max-pool', 28],
    ['max-pool', 37],
  ] as const)('%s maps %d x %d images to logits', (downsampling, size) => {
    const model = conv4(downsampling, size);
    const { predictions, statistics } = model.apply(
      initialized(model),
      randomTensor('images', [6, size, size, 1]),
      ownBatch,
    );
    expect(predictions.shape).toEqual([6, 5]);
    expect(statistics.map(({ mean: own }) => own.shape)).toEqual([[4], [4], [4], [4]]);
  });

  it('says which images are too small for max-pooling', () => {
    expect(() => conv4('max-pool', 15)).toThrow(/at least 16 x 16 pixels, but these are 15 x 15/);
  });

  it('with statistics of another batch predicts each image by itself', () => {
    const model = conv4('stride', 12);
    const weights = initialized(model);
    const images = randomTensor('images', [4, 12, 12, 1]);
    const { statistics } = model.apply(weights, randomTensor('support', [5, 12, 12, 1]), ownBatch);
    const given = { kind: 'given', statistics } as const;
    const whole = model.apply(weights, images, given).predictions.dataSync().slice(0, 5);
    const alone = model.apply(weights, tf.slice(images, [0, 0, 0, 0], [1, 12, 12, 1]), given).predictions.dataSync();
    const transductive = model.apply(weights, images, ownBatch).predictions.dataSync().slice(0, 5);
    expect([...whole]).toEqual([...alone].map((value) => expect.closeTo(value, 5)));
    expect([...whole]).not.toEqual([...transductive].map((value) => expect.closeTo(value, 3)));
  });

  it('does not read numbers that are no images', () => {
    expect(() =>
      createModel({ kind: 'conv4', filters: 4, downsampling: 'stride', batchNorm: 'inductive' }, [1], 1),
    ).toThrow(/model.kind/);
  });
});

describe('Glorot', () => {
  it('has variance 2 / (fan-in + fan-out), the receptive field counted', () => {
    const values = glorotUniform([3, 3, 8, 16], createRandom(1, 'glorot'));
    expect(mean(values)).toBeCloseTo(0, 2);
    expect(variance(values) / (2 / (9 * 8 + 9 * 16))).toBeCloseTo(1, 1);
  });
});
