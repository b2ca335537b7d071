import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSecondOrderGradients } from '../../../src/main/learning/autodiff/second-order-gradients.ts';
import { valueAndGradients } from '../../../src/main/learning/autodiff/value-and-gradients.ts';
import { compileFunction, compileStep, type StepFunction } from '../../../src/main/learning/compile/compiled-step.ts';
import { nativeBackend } from '../../../src/main/learning/compile/native.ts';
import {
  type ClassifierHead,
  classifierParameters,
  classify,
  meanOfTokens,
} from '../../../src/main/learning/encoder/classifier.ts';
import { loraParameters, mergeLora } from '../../../src/main/learning/encoder/lora.ts';
import { decays, parameterPlace } from '../../../src/main/learning/encoder/parameters.ts';
import { crossEntropy } from '../../../src/main/learning/losses.ts';
import { adamw } from '../../../src/main/learning/optimizers/adamw.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { parseEncoderConfig } from '../../../src/shared/encoder/encoder-config.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { compiled, eager, livingThings } from '../compile/compiling.ts';
import { relativeError } from '../differences.ts';
import { batchOf, expectedOf, families, openEncoder, tensorsOf } from './encoders.ts';

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

const open = async (family: (typeof families)[number], kind: ClassifierHead['kind'] = 'pooled') => {
  const folder = await openEncoder(family);
  const expected = expectedOf(family);
  const head: ClassifierHead = { kind, outputs: expected.logits[0]!.length, dropout: 0.1 };
  const specs = classifierParameters(folder.config, head);
  const random = createRandom(1);
  const started = specs.map(({ name, shape, initialize }) => [name, { values: initialize(shape, random) }] as const);
  const parameters = tensorsOf(specs, new Map([...started, ...folder.tensors]));
  return { config: folder.config, expected, head, specs, parameters };
};

/** One step of AdamW on the classifier, with dropout from the seed that is fed. */
async function trainingStep(family: (typeof families)[number]) {
  const { config, expected, head, specs, parameters } = await open(family);
  const { ids, mask, types } = batchOf(expected.ids, { padding: config.padTokenId });
  const targets = tf
    .oneHot(
      expected.ids.map((_, i) => i % head.outputs),
      head.outputs,
    )
    .toFloat();
  const optimizer = adamw(1e-2, 0.01);
  const slots = optimizer.slots(specs).map(({ shape }) => tf.zeros([...shape]));
  const step: StepFunction = (state, feeds) => {
    const [idsFed, maskFed, typesFed, wanted, seed] = feeds as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor,
      tf.Tensor,
    ];
    const batch = { ids: idsFed, mask: maskFed, types: typesFed };
    const loss = (at: readonly tf.Tensor[]) =>
      crossEntropy(classify(config, head, at, batch, { kind: 'dropout', seed }), wanted);
    const { value, gradients } = valueAndGradients(
      (at) => ({ value: loss(at), measured: [] }),
      state.slice(0, specs.length),
    );
    const next = optimizer.update(state.slice(0, specs.length), gradients, state.slice(specs.length));
    return { state: [...next.parameters, ...next.slots], fetches: [value] };
  };
  const state = [...parameters, ...slots];
  const feeds = [ids, mask, types, targets, tf.tensor1d([3, 4], 'int32')];
  const fed = (step_: number) => [
    ...feeds.slice(0, 4).map((feed) => feed.dataSync() as Float32Array),
    Int32Array.of(3, step_),
  ];
  return { step, state, feeds, fed };
}

describe.each(families)('a step of fine-tuning a tiny %s with dropout', (family) => {
  it('is the same compiled and eager, over several seeds, and leaves nothing behind', async () => {
    const { step, state, feeds, fed } = await trainingStep(family);
    nativeBackend().getInputTensorIds([...state, ...feeds]); // these become native when they are first used
    const before = livingThings();
    const [graph, reference] = [compileStep(step, state, feeds, compiled), compileStep(step, state, feeds, eager)];
    expect(graph.facts).toMatchObject({ mode: 'compiled' });
    const losses = [0, 1, 2, 2].map(
      (seed) => [graph.run(fed(seed))[0]![0]!, reference.run(fed(seed))[0]![0]!] as const,
    );
    for (const [left, right] of losses) expect(left).toBeCloseTo(right, 4);
    expect(losses[3]![0]).toBeLessThan(losses[0]![0]); // it learns
    graph.dispose();
    reference.dispose();
    expect(livingThings()).toEqual(before);
  });
});

describe('dropout', () => {
  it('depends on the seed alone, and is off where it is off', async () => {
    const { config, expected, head, parameters } = await open('bert');
    const batch = batchOf(expected.ids);
    const run = (...seed: [number, number]) => {
      const random = { kind: 'dropout', seed: tf.tensor1d(seed, 'int32') } as const;
      return [...classify(config, head, parameters, batch, random).dataSync()];
    };
    expect(run(1, 1)).toEqual(run(1, 1));
    expect(run(1, 1)).not.toEqual(run(1, 2));
    expect(run(1, 1)).not.toEqual(run(2, 1));
    const still = { ...config, hiddenDropout: 0, attentionDropout: 0 };
    const logits = classify(still, { ...head, dropout: 0 }, parameters, batch, {
      kind: 'dropout',
      seed: tf.tensor1d([1, 1], 'int32'),
    });
    expect([...logits.dataSync()]).toEqual([...classify(config, head, parameters, batch, { kind: 'off' }).dataSync()]);
  });

  it('drops its share, scales the rest, and lets the gradient through what is kept', async () => {
    const { dropping } = await import('../../../src/main/learning/encoder/dropout.ts');
    const seed = tf.tensor1d([5, 6], 'int32');
    const drop = dropping({ kind: 'dropout', seed });
    const dropped = drop(tf.ones([100, 100]), 0.25, 0).dataSync();
    const zeros = dropped.filter((value) => value === 0).length;
    expect(zeros / dropped.length).toBeGreaterThan(0.23);
    expect(zeros / dropped.length).toBeLessThan(0.27);
    expect(Math.max(...dropped)).toBeCloseTo(4 / 3, 6);
    const gradient = tf.grad((x) => tf.sum(drop(x, 0.25, 0)))(tf.ones([100, 100]));
    expect([...gradient.dataSync()]).toEqual([...dropped]);
    expect([...drop(tf.ones([100, 100]), 0.25, 1).dataSync()]).not.toEqual([...dropped]);
  });
});

describe('the mean head', () => {
  it.each(families)('of %s does not see padding', async (family) => {
    const { config, expected, head, parameters, specs } = await open(family, 'mean');
    expect(specs.slice(-2).map(({ name }) => name)).toEqual(['classifier.weight', 'classifier.bias']);
    const logits = (length?: number) => [
      ...classify(config, head, parameters, batchOf(expected.ids, { ...(length ? { length } : {}), padding: 7 }), {
        kind: 'off',
      }).dataSync(),
    ];
    expect(relativeError(logits(18), logits())).toBeLessThan(1e-5);
  });

  it('is the mean of the tokens', () => {
    const hidden = tf.tensor3d([
      [
        [1, 2],
        [3, 4],
        [50, 60],
      ],
      [
        [5, 6],
        [7, 8],
        [9, 10],
      ],
    ]);
    const mask = tf.tensor2d([
      [1, 1, 0],
      [1, 1, 1],
    ]);
    expect(meanOfTokens(hidden, mask).arraySync()).toEqual([
      [2, 3],
      [7, 8],
    ]);
  });
});

describe('low-rank adapters', () => {
  const settings = { rank: 2, alpha: 4, targets: ['query', 'value', 'feed-forward-out'] } as const;

  it('change nothing at the start, and then the weight by alpha / rank B A', async () => {
    const { config, parameters, specs } = await open('bert');
    const random = createRandom(2);
    const adapters = loraParameters(config, settings);
    expect(adapters.map(({ name }) => name).slice(0, 2)).toEqual([
      'encoder.layer.0.attention.self.query.lora_A.weight',
      'encoder.layer.0.attention.self.query.lora_B.weight',
    ]);
    expect(adapters).toHaveLength(2 * 3 * config.layers);
    const started = adapters.map(({ shape, initialize }) => tf.tensor(initialize(shape, random), [...shape]));
    const same = mergeLora(config, settings, parameters, started);
    expect(same.map((tensor) => tensor.dataSync())).toEqual(parameters.map((tensor) => tensor.dataSync()));
    const moved = started.map((adapter, i) => (i === 1 ? tf.ones(adapter.shape) : adapter));
    const merged = mergeLora(config, settings, parameters, moved);
    const changed = specs.filter(
      (_, i) => relativeError([...merged[i]!.dataSync()], [...parameters[i]!.dataSync()]) > 0,
    );
    expect(changed.map(({ name }) => name)).toEqual(['encoder.layer.0.attention.self.query.weight']);
    const place = specs.findIndex(({ name }) => name === changed[0]!.name);
    const expected = tf.add(parameters[place]!, tf.mul(tf.sum(started[0]!, 0, true), 2)); // each row: 2 sum of A's rows
    expect(relativeError([...merged[place]!.dataSync()], [...expected.dataSync()])).toBeLessThan(1e-6);
  });

  it('are what gradients reach through the merged weights, also in a graph', async () => {
    const { config, expected, head, parameters } = await open('distilbert');
    const random = createRandom(2);
    const adapters = loraParameters(config, settings).map(({ shape, initialize }) =>
      tf.tensor(initialize(shape, random), [...shape]),
    );
    const { ids, mask, types } = batchOf(expected.ids);
    const gradientsOf = (state: readonly tf.Tensor[], batch: readonly tf.Tensor[]) => {
      const [idsFed, maskFed, typesFed] = batch as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const own = { ids: idsFed, mask: maskFed, types: typesFed };
      return valueAndGradients((at) => {
        const merged = mergeLora(config, settings, state.slice(0, parameters.length), at);
        return { value: tf.sum(classify(config, head, merged, own, { kind: 'off' })), measured: [] };
      }, state.slice(parameters.length)).gradients;
    };
    const state = [...parameters, ...adapters];
    const graph = compileFunction(gradientsOf, state, [ids, mask, types], compiled);
    const found = graph.run([ids, mask, types].map((feed) => feed.dataSync() as Float32Array));
    gradientsOf(state, [ids, mask, types]).forEach((gradient, i) => {
      const wanted = [...gradient.dataSync()];
      if (i % 2 === 0)
        expect(Math.max(...wanted.map(Math.abs))).toBe(0); // A's: B is still zero
      else expect(relativeError([...found[i]!], wanted)).toBeLessThan(1e-4);
    });
    graph.dispose();
  });
});

describe('the parameters', () => {
  it('start as in BERT: weights within two deviations of 0.02, norms at one, biases at zero', () => {
    const config = parseEncoderConfig({
      model_type: 'bert',
      vocab_size: 50,
      hidden_size: 16,
      num_attention_heads: 2,
      num_hidden_layers: 1,
      intermediate_size: 32,
    });
    const specs = classifierParameters(config, { kind: 'pooled', outputs: 2, dropout: 0 });
    const random = createRandom(3);
    for (const { name, shape, initialize } of specs) {
      const values = initialize(shape, random);
      if (/LayerNorm\.weight$/.test(name)) expect(new Set(values)).toEqual(new Set([1]));
      else if (name.endsWith('.bias')) expect(new Set(values)).toEqual(new Set([0]));
      else expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.04));
    }
  });

  it('decay unless they are biases or layer norms, and know where they lie', async () => {
    const { specs } = await open('distilbert');
    const still = specs.filter(({ name }) => !decays(name)).map(({ name }) => name);
    expect(still).toHaveLength(specs.filter(({ shape }) => shape.length === 1).length);
    expect(parameterPlace('transformer.layer.1.ffn.lin1.weight')).toEqual({ kind: 'layer', layer: 1 });
    expect(parameterPlace('embeddings.LayerNorm.bias')).toEqual({ kind: 'embeddings' });
    expect(parameterPlace('pooler.dense.weight')).toEqual({ kind: 'pooler' });
    expect(parameterPlace('pre_classifier.weight')).toEqual({ kind: 'head' });
  });
});
