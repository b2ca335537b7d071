import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../../../src/main/learning/models/create-model.ts';
import { initializers } from '../../../src/main/learning/models/initializers.ts';
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
const glorot = { initialization: 'glorot-uniform' } as const;
const conv4 = (downsampling: 'stride' | 'max-pool', size: number, filters = 4) =>
  createModel({ kind: 'conv4', filters, downsampling, batchNorm: 'transductive', ...glorot }, [size, size, 1], 5);

describe('MLP', () => {
  it('of Finn 2017 has 1,761 parameters', () => {
    const model = createModel({ kind: 'mlp', hidden: [40, 40], activation: 'relu', ...glorot }, [1], 1);
    expect(parameterCount(model.parameters)).toBe(1761);
  });

  it('flattens images', () => {
    expect(createModel({ kind: 'mlp', hidden: [3], activation: 'tanh', ...glorot }, [4, 5, 3], 2).inputShape).toEqual([
      60,
    ]);
  });

  it.each(['relu', 'tanh', 'sigmoid', 'softplus'] as const)(
    'with a task axis predicts as task by task: %s',
    (activation) => {
      const model = createModel({ kind: 'mlp', hidden: [6, 5], activation, ...glorot }, [3], 2);
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
      createModel({ kind: 'conv4', filters: 4, downsampling: 'stride', batchNorm: 'inductive', ...glorot }, [1], 1),
    ).toThrow(/model.kind/);
  });
});

const batchNorm = 'transductive';
const resnet12 = (size: number, widths = [2, 3, 4, 5]) =>
  createModel({ kind: 'resnet12', widths, batchNorm, ...glorot }, [size, size, 3], 5);

describe('ResNet-12', () => {
  it('of Lee 2019 has the 12.4 million parameters that papers round to, without a head', () => {
    const { parameters } = resnet12(84, [64, 160, 320, 640]);
    expect(parameterCount(parameters.filter(({ part }) => part === 'body'))).toBe(12_424_320);
  });

  it.each([16, 28, 33])('maps %d x %d images to logits', (size) => {
    const model = resnet12(size);
    const images = randomTensor('images', [4, size, size, 3]);
    const { predictions, statistics } = model.apply(initialized(model), images, ownBatch);
    expect(predictions.shape).toEqual([4, 5]);
    expect(statistics.map(({ mean: own }) => own.size)).toEqual([2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]);
  });

  it('adds what its shortcuts carry: without its 3 x 3 convolutions it still tells images apart', () => {
    const model = resnet12(16);
    const weights = initialized(model).map((weight, i) =>
      /conv\d\/kernel/.test(model.parameters[i]!.name) ? tf.zerosLike(weight) : weight,
    );
    const logits = model.apply(weights, randomTensor('images', [3, 16, 16, 3]), ownBatch).predictions;
    expect(tf.max(tf.abs(tf.sub(logits, tf.mean(logits, 0)))).dataSync()[0]).toBeGreaterThan(0.1);
  });

  it('says which images are too small for four poolings', () => {
    expect(() => resnet12(15)).toThrow(/at least 16 x 16 pixels, but these are 15 x 15/);
  });
});

describe('1-D CNN', () => {
  const cnn1d = (shape: readonly number[], blocks = 3) =>
    createModel({ kind: 'cnn1d', blocks, filters: 4, filterLength: 5, batchNorm, ...glorot }, shape, 2);

  it.each([
    [[50, 2], 3],
    [[7, 1], 8], // fewer places than strides can halve
  ])('maps signals of the shape %j to logits', (shape, blocks) => {
    const model = cnn1d(shape, blocks);
    expect(model.inputShape).toEqual(shape);
    const { predictions } = model.apply(initialized(model), randomTensor('signals', [3, ...shape]), ownBatch);
    expect(predictions.shape).toEqual([3, 2]);
  });

  it('reads an image as the sequence of its rows', () => {
    const model = cnn1d([6, 4, 3]);
    expect(model.inputShape).toEqual([6, 12]);
    expect(model.parameters[0]!.shape).toEqual([5, 12, 4]);
  });

  it('sees where along the signal something is only by its neighbours, as a convolution does', () => {
    const model = cnn1d([64, 1], 1);
    const weights = initialized(model);
    const bump = (at: number) => tf.tensor(Array.from({ length: 64 }, (_, i) => (i === at ? 1 : 0)));
    const signals = tf.stack([bump(20), bump(40)]).reshape([2, 64, 1]);
    const [first, second] = model.apply(weights, signals, ownBatch).predictions.arraySync() as number[][];
    expect(first).toEqual(second!.map((value) => expect.closeTo(value, 5)));
  });

  it('does not read single numbers', () => {
    expect(() => cnn1d([1])).toThrow(/signals of at least 2 places, but an example has the shape \[1\]/);
  });
});

describe('initial weights', () => {
  it.each([
    ['glorot-uniform', 2 / (9 * 8 + 9 * 16), 3],
    ['glorot-normal', 2 / (9 * 8 + 9 * 16), Number.POSITIVE_INFINITY],
    ['he-uniform', 2 / (9 * 8), 3],
    ['he-normal', 2 / (9 * 8), Number.POSITIVE_INFINITY],
    ['lecun-normal', 1 / (9 * 8), Number.POSITIVE_INFINITY],
    ['truncated-normal-0.01', 0.7737 * 1e-4, 4 / 0.7737], // Johnson and Kotz: variance of a normal cut at 2 deviations
  ] as const)('%s: mean 0, variance %f, the receptive field counted', (name, expected, farthest) => {
    const values = initializers[name]([3, 3, 8, 16], createRandom(1, 'glorot'));
    expect(Math.abs(mean(values))).toBeLessThan(0.08 * Math.sqrt(expected));
    expect(variance(values) / expected).toBeCloseTo(1, 1);
    const largest = Math.max(...values.map(Math.abs)) ** 2 / expected;
    expect(largest).toBeGreaterThan(Math.min(6, farthest * 0.95));
    expect(largest).toBeLessThan(farthest * 1.001);
  });

  it('are of every kernel of a network what its config says, and of biases and norms what they always are', () => {
    const wide = { ...glorot, kind: 'conv4', filters: 4, downsampling: 'stride', batchNorm } as const;
    const starts = (initialization: (typeof wide)['initialization'] | 'he-normal') =>
      createModel({ ...wide, initialization }, [8, 8, 1], 2).parameters.map(({ name, shape, initialize }) => ({
        ...{ name, values: initialize(shape, createRandom(1, name)) },
      }));
    const he = starts('he-normal');
    for (const [i, { name, values }] of starts('glorot-uniform').entries()) {
      if (name.endsWith('kernel')) expect(he[i]!.values).not.toEqual(values);
      else expect([...he[i]!.values]).toEqual([...values].map(() => (name.endsWith('scale') ? 1 : 0)));
    }
  });
});
