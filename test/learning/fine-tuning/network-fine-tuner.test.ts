import { beforeAll, describe, expect, it } from 'vitest';
import { NetworkFineTuner } from '../../../src/main/learning/fine-tuning/network-fine-tuner.ts';
import type { NetworkStart } from '../../../src/main/learning/fine-tuning/network-source.ts';
import type { NamedTensor } from '../../../src/main/learning/named-tensor.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../../src/main/trainer/graph-folder.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { isNetworkFineTune, type NetworkFineTuneRunConfig } from '../../../src/shared/run-config/schema.ts';
import { drawExampleSubsets } from '../../../src/shared/tasks/example-subsets.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const side = 12;
const layout = { width: side, height: side, channels: 1, polarity: 'photo' } as const;

/** Six classes of 20 noisy pictures of a bright square, whose place is the class. */
const pictures = (() => {
  const random = createRandom(7, 'pictures');
  const pixels = new Uint8Array(6 * 20 * side * side);
  for (let example = 0; example < 120; example++) {
    const place = Math.floor(example / 20);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const inside = Math.floor(x / 4) === place % 3 && Math.floor(y / 6) === Math.floor(place / 3);
        pixels[(example * side + y) * side + x] = (inside ? 150 : 0) + random.integer(100);
      }
    }
  }
  const classes = Array.from({ length: 6 }, (_, index) => ({
    ...{ index, name: `place ${index}`, group: '', firstExample: 20 * index, examples: 20, split: 'test' as const },
  }));
  return { pixels, classes };
})();

const conv4 = { kind: 'conv4', filters: 8, downsampling: 'stride', batchNorm: 'transductive' };

interface Changes {
  readonly task?: object;
  readonly model?: object;
  readonly algorithm?: object;
  readonly mode?: 'compiled' | 'eager';
  readonly seed?: number;
}

function tunerOf(changes: Changes = {}, start: NetworkStart | null = null): NetworkFineTuner {
  const parsed = parseRunConfig({
    seed: changes.seed ?? 1,
    task: { kind: 'image-examples', classes: 4, perClass: 5, testPerClass: 10, ...changes.task },
    model: changes.model ?? conv4,
    algorithm: {
      kind: 'fine-tune-network',
      start: start?.name ?? 'scratch',
      epochs: 20,
      batch: 8,
      ...changes.algorithm,
    },
    outer: { rate: 0.01 },
    engine: { mode: changes.mode ?? 'auto' },
  });
  if (!parsed.ok || !isNetworkFineTune(parsed.config)) throw new Error(JSON.stringify(parsed));
  const { config } = parsed;
  const subsets = drawExampleSubsets(pictures.classes, imagesTask(config.task), config.seed);
  const source = { kind: 'image-examples', layout, pixels: pictures.pixels, subsets, start } as const;
  return new NetworkFineTuner({ config, source, writeGraph: writeGraphFolder });
}

function imagesTask(task: NetworkFineTuneRunConfig['task']) {
  if (task.kind !== 'image-examples') throw new Error('These tests are about images.');
  return task;
}

const lossesOf = (tuner: NetworkFineTuner, steps: number): number[] =>
  Array.from({ length: steps }, () => tuner.trainCall()[0]!.loss);
const test = async (tuner: NetworkFineTuner, from?: readonly NamedTensor[]) =>
  (await tuner.evaluate({ split: 'test', episodes: 40, episodeSeed: 1, steps: 1, ...(from ? { from } : {}) }))!;
const bitsOf = (tuner: NetworkFineTuner) =>
  tuner.state().tensors.map(({ name, values }) => [name, ...new Uint32Array(values.slice().buffer)]);
const startOf = (tensors: readonly NamedTensor[]): NetworkStart => ({
  name: 'given',
  tensors: new Map(tensors.map(({ name, shape, values }) => [name, { shape, values }])),
});

describe('fine-tuning a network', () => {
  it('learns a few images of each class, with every network and batch norm', async () => {
    const models = [
      conv4,
      { ...conv4, batchNorm: 'inductive' },
      { kind: 'mlp', hidden: [16] },
      { kind: 'cnn1d', blocks: 2, filters: 8, filterLength: 3, batchNorm: 'inductive' },
    ];
    for (const model of models) {
      const tuner = tunerOf({ model });
      const before = await test(tuner);
      const losses = lossesOf(tuner, 60);
      const after = await test(tuner);
      expect([model.kind, losses.at(-1)! < losses[0]! * 0.5]).toEqual([model.kind, true]);
      expect([model.kind, after.mean > Math.max(0.7, before.mean)]).toEqual([model.kind, true]);
      tuner.dispose();
    }
  });

  it('gives the same losses and predictions compiled and eager, with a smaller last batch and changed images', async () => {
    for (const batchNorm of ['transductive', 'inductive']) {
      const changes = {
        model: { ...conv4, batchNorm },
        algorithm: { classWeights: 'balanced' },
        task: { augmentation: { kind: 'random' } },
      };
      const compiled = tunerOf({ ...changes, mode: 'compiled' });
      const eager = tunerOf({ ...changes, mode: 'eager' });
      expect(compiled.prepareTraining().mode).toBe('compiled');
      const reference = lossesOf(eager, 10); // batches of 8, 8 and 4
      lossesOf(compiled, 10).forEach((loss, i) => {
        expect(Math.abs(loss - reference[i]!)).toBeLessThan(1e-4);
      });
      const [mine, its] = [await test(compiled), await test(eager)];
      mine.predictions!.probabilities.forEach((p, i) => {
        expect(Math.abs(p - its.predictions!.probabilities[i]!)).toBeLessThan(1e-3);
      });
      compiled.dispose();
      eager.dispose();
    }
  });

  it('goes on to the bit from a state in the middle of an epoch, whatever was evaluated before', async () => {
    const changes = { task: { augmentation: { kind: 'random' } } };
    const [whole, first, second] = [tunerOf(changes), tunerOf(changes), tunerOf(changes)];
    const losses = lossesOf(whole, 8);
    lossesOf(first!, 4);
    await test(first!, first!.initialParameters());
    const state = first!.state();
    await test(second!); // its graph is there before it is restored
    second!.restore(state);
    expect(second!.iteration).toBe(4);
    expect(lossesOf(second!, 4)).toEqual(losses.slice(4));
    expect(bitsOf(second!)).toEqual(bitsOf(whole));
    for (const tuner of [whole, first!, second!]) tuner.dispose();
  });

  it('takes steps of all examples where a batch holds more', () => {
    const [whole, larger] = [20, 64].map((batch) => tunerOf({ algorithm: { batch } }));
    expect(lossesOf(larger!, 3)).toEqual(lossesOf(whole!, 3));
    for (const tuner of [whole!, larger!]) tuner.dispose();
  });

  it('says of each test image what it was, by its place in the dataset', async () => {
    const tuner = tunerOf();
    const { predictions, perEpisode, mean } = await test(tuner);
    const { labels, examples, truth, probabilities } = predictions!;
    expect(labels).toHaveLength(4);
    expect(new Set(examples).size).toBe(40);
    examples.forEach((example, row) => {
      const own = truth.subarray(row * 4, row * 4 + 4);
      expect(labels[own.indexOf(1)]).toBe(`place ${Math.floor(example / 20)}`);
      const said = probabilities.subarray(row * 4, row * 4 + 4);
      expect(perEpisode[row]).toBe(said.indexOf(Math.max(...said)) === own.indexOf(1) ? 1 : 0);
    });
    expect(mean).toBeCloseTo(perEpisode.reduce((sum, hit) => sum + hit) / 40, 10);
    tuner.dispose();
  });
});

describe('a network that begins with another', () => {
  const trainedStart = () => {
    const tuner = tunerOf({ seed: 9 });
    lossesOf(tuner, 30);
    const start = startOf(tuner.parameters());
    tuner.dispose();
    return start;
  };

  it('predicts as that does before the first step, with its head; from scratch it is another', async () => {
    const start = trainedStart();
    const [kept, scratch] = [tunerOf({}, start), tunerOf()];
    const own = kept.parameters();
    for (const { name, values } of own) expect([name, values]).toEqual([name, start.tensors.get(name)!.values]);
    const [said, other, again] = [await test(kept), await test(scratch), await test(scratch, own)];
    expect(said.predictions).toEqual(again.predictions);
    expect(said.predictions!.probabilities).not.toEqual(other.predictions!.probabilities);
    for (const tuner of [kept, scratch]) tuner.dispose();
  });

  it('has a new head of its seed when that is asked for, or when the old one is for other classes', () => {
    const start = trainedStart();
    const headOf = (tuner: NetworkFineTuner) => {
      const { values } = tuner.parameters().find(({ name }) => name === 'head/kernel')!;
      tuner.dispose();
      return values;
    };
    expect(headOf(tunerOf({ algorithm: { startHead: 'new' } }, start))).toEqual(headOf(tunerOf()));
    expect(headOf(tunerOf({ task: { classes: 3 } }, start))).toEqual(headOf(tunerOf({ task: { classes: 3 } })));
    expect(headOf(tunerOf({}, start))).toEqual(start.tensors.get('head/kernel')!.values);
  });

  it('trains nothing but the head when only that is asked for, on the body as it was', async () => {
    const start = trainedStart();
    const tuner = tunerOf({ algorithm: { trained: 'head', startHead: 'new' } }, start);
    expect(tuner.parameters().map(({ name }) => name)).toEqual(['head/kernel', 'head/bias']);
    const losses = lossesOf(tuner, 60);
    expect(losses.at(-1)!).toBeLessThan(losses[0]!);
    tuner.dispose();
  });

  it('is refused with the name of the tensor that is missing or does not fit', () => {
    const start = trainedStart();
    expect(() => tunerOf({ model: { ...conv4, filters: 4 } }, start)).toThrow(/"conv1\/kernel" of the model "given"/);
    const less = new Map([...start.tensors].filter(([name]) => name !== 'conv2/scale'));
    expect(() => tunerOf({}, { ...start, tensors: less })).toThrow(/has no "conv2\/scale"/);
  });
});

describe('new images', () => {
  it('are judged one by one: what is said of one does not depend on the others', async () => {
    const tuner = tunerOf();
    lossesOf(tuner, 40);
    const size = side * side;
    const image = (example: number) => pictures.pixels.slice(example * size, (example + 1) * size);
    const alone = await tuner.predict(image(3));
    const together = await tuner.predict(Uint8Array.from([...image(3), ...image(50), ...image(110)]));
    expect(together.slice(0, 4)).toEqual(alone);
    expect(together).toHaveLength(12);
    expect(alone.reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);
    tuner.dispose();
  });
});

/** Softmax regression on one hidden layer of ReLUs, by hand in double precision: loss and gradients of [W1, b1, W2, b2]. */
function byHand(weights: readonly Float32Array[], rows: readonly (readonly [number[], number, number])[]) {
  const [w1, b1, w2, b2] = weights as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [hidden, classes] = [b1.length, b2.length];
  const gradients = weights.map(({ length }) => new Float64Array(length));
  const total = rows.reduce((sum, [, , weight]) => sum + weight, 0);
  let loss = 0;
  for (const [x, label, weight] of rows) {
    const h = Array.from(b1, (bias, j) =>
      Math.max(
        0,
        x.reduce((sum, v, i) => sum + v * w1[i * hidden + j]!, bias),
      ),
    );
    const logits = Array.from(b2, (bias, k) => h.reduce((sum, v, j) => sum + v * w2[j * classes + k]!, bias));
    const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
    const sum = powers.reduce((all, power) => all + power, 0);
    const share = weight / total;
    loss -= share * Math.log(powers[label]! / sum);
    const delta = powers.map((power, k) => share * (power / sum - (k === label ? 1 : 0)));
    delta.forEach((d, k) => {
      gradients[3]![k]! += d;
      h.forEach((v, j) => {
        gradients[2]![j * classes + k]! += v * d;
      });
    });
    h.forEach((v, j) => {
      if (v === 0) return;
      const back = delta.reduce((all, d, k) => all + d * w2[j * classes + k]!, 0);
      gradients[1]![j]! += back;
      x.forEach((value, i) => {
        gradients[0]![i * hidden + j]! += value * back;
      });
    });
  }
  return { loss, gradients };
}

describe('one step', () => {
  it('goes down the gradient that is worked out by hand, classes weighted alike', () => {
    const parsed = parseRunConfig({
      task: { kind: 'image-examples', classes: 3, perClass: 4, testPerClass: 10 },
      model: { kind: 'mlp', hidden: [5] },
      algorithm: { epochs: 3, batch: 64, classWeights: 'balanced' },
      outer: { optimizer: 'sgd', rate: 0.1 },
    });
    if (!parsed.ok || !isNetworkFineTune(parsed.config)) throw new Error(JSON.stringify(parsed));
    const { config } = parsed;
    const whole = drawExampleSubsets(pictures.classes, imagesTask(config.task), 1);
    const subsets = { ...whole, train: whole.train.slice(2) }; // so that classes differ in size
    const source = { kind: 'image-examples', layout, pixels: pictures.pixels, subsets, start: null } as const;
    const tuner = new NetworkFineTuner({ config, source, writeGraph: writeGraphFolder });
    const counts = [2, 4, 4];
    const rows = subsets.train.map(({ example, label }) => {
      const pixels = pictures.pixels.slice(example * side * side, (example + 1) * side * side);
      return [Array.from(pixels, (p) => p / 255), label, 10 / (3 * counts[label]!)] as const;
    });
    const before = tuner.parameters().map(({ values }) => values);
    const expected = byHand(before, rows as unknown as (readonly [number[], number, number])[]);
    const [metrics] = tuner.trainCall();
    expect(metrics!.loss).toBeCloseTo(expected.loss, 5);
    const norm = Math.sqrt(expected.gradients.flatMap((g) => [...g]).reduce((sum, g) => sum + g * g, 0));
    expect(metrics!.gradientNorm).toBeCloseTo(norm, 4);
    tuner.parameters().forEach(({ values }, i) => {
      values.forEach((value, j) => {
        expect(Math.abs(value - (before[i]![j]! - 0.1 * expected.gradients[i]![j]!))).toBeLessThan(1e-6);
      });
    });
    tuner.dispose();
  });
});
