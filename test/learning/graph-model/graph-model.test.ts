import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportedFunction } from '../../../src/main/learning/graph-model/exported-function.ts';
import { graphModelOf, type TfjsModel } from '../../../src/main/learning/graph-model/graph-model.ts';
import { createLearner, type LearnerSource } from '../../../src/main/learning/meta-learner.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../../src/main/trainer/graph-folder.ts';
import { completeFromTask } from '../../../src/shared/run-config/complete.ts';
import { type RunConfig, runConfigSchema } from '../../../src/shared/run-config/schema.ts';
import { relativeError } from '../differences.ts';
import { toyTexts } from '../fine-tuning/toy-texts.ts';
import { blobs, imageConfig, sinusoidConfig } from '../learners.ts';

beforeAll(async () => {
  await loadTensorFlow();
});
afterAll(() => tf.setBackend('tensorflow'));

/** The parameters that a run begins with, moved a little so that no bias is 0. */
function parametersOf(config: RunConfig, source: LearnerSource) {
  const learner = createLearner({ config, source, writeGraph: writeGraphFolder });
  const parameters = learner.initialParameters().map((tensor) => ({
    ...tensor,
    values: tensor.values.map((value, i) => value + 0.05 * Math.sin(i + tensor.name.length)),
  }));
  learner.dispose();
  return parameters;
}

/** Predictions of stock TensorFlow.js, computed by its plain JavaScript kernels. */
async function predictedByTfjs(
  model: TfjsModel,
  inputs: Record<string, tf.TensorLike>,
  types: Record<string, 'int32'>,
) {
  await tf.setBackend('cpu');
  const json = JSON.parse(model.json);
  const { buffer, byteOffset, byteLength } = model.weights;
  const graph = await loadGraphModel({
    load: async () => ({
      ...{ modelTopology: json.modelTopology, signature: json.signature, format: json.format },
      weightSpecs: json.weightsManifest[0].weights,
      weightData: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer,
    }),
  });
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, values]) => [name, tf.tensor(values, undefined, types[name] ?? 'float32')]),
  );
  const outputs = Object.keys(json.signature.outputs);
  const predicted = graph.execute(feeds, outputs) as tf.Tensor | tf.Tensor[];
  const values = [predicted].flat().map((tensor) => tensor.dataSync() as Float32Array);
  tf.dispose([feeds, ...[predicted].flat()]);
  graph.dispose();
  await tf.setBackend('tensorflow');
  return Object.fromEntries(outputs.map((name, i) => [name, values[i]!]));
}

/** The same by our own engine. */
function predictedByUs(
  config: RunConfig,
  source: LearnerSource,
  parameters: ReturnType<typeof parametersOf>,
  inputs: tf.Tensor[],
) {
  const { step, parameters: all, outputs } = exportedFunction(config, source, parameters);
  const results = tf.tidy(() => {
    const state = all.map(({ shape, values }) => tf.tensor(values, [...shape]));
    return step(state, inputs).map((tensor) => tensor.dataSync() as Float32Array);
  });
  return Object.fromEntries(outputs.map((name, i) => [name, results[i]!]));
}

const someNumbers = (shape: readonly number[]): tf.Tensor =>
  tf.tidy(
    () =>
      tf
        .sin(
          tf.range(
            0,
            shape.reduce((product, size) => product * size, 1),
          ),
        )
        .reshape([...shape]) as tf.Tensor,
  );

describe('a graph model', () => {
  const networks: readonly (readonly [string, RunConfig, LearnerSource, readonly number[]])[] = [
    ['an MLP', sinusoidConfig(), { kind: 'sinusoid' }, [1]],
    ['Conv4 with strides', imageConfig(), blobs(4, 28), [28, 28, 1]],
    [
      'Conv4 with pooling',
      imageConfig({ model: { kind: 'conv4', filters: 4, downsampling: 'max-pool', batchNorm: 'inductive' } }),
      blobs(4, 28),
      [28, 28, 1],
    ],
    ['ResNet-12', imageConfig({ model: { kind: 'resnet12', widths: [2, 3, 4, 5] } }), blobs(4, 28), [28, 28, 1]],
    ['an embedding of ProtoNet', imageConfig({ algorithm: { kind: 'proto-net' } }), blobs(4, 28), [28, 28, 1]],
  ];
  for (const [name, config, source, shape] of networks) {
    it(`of ${name} predicts in stock TensorFlow.js what we predict, for any number of examples`, async () => {
      const parameters = parametersOf(config, source);
      const model = graphModelOf(config, source, parameters, {});
      for (const rows of [1, 4]) {
        const inputs = someNumbers([rows, ...shape]);
        const ours = predictedByUs(config, source, parameters, [inputs]);
        const theirs = await predictedByTfjs(model, { inputs: inputs.arraySync() }, {});
        expect(Object.keys(theirs)).toEqual(Object.keys(ours));
        for (const output of Object.keys(ours)) {
          expect(ours[output]!.length).toBeGreaterThanOrEqual(rows);
          expect(relativeError(theirs[output]!, ours[output]!)).toBeLessThan(1e-4);
        }
      }
    });
  }

  for (const [name, trained, head] of [
    ['fine-tuned whole', { kind: 'all' }, 'pooled'],
    ['with frozen layers and adapters', { kind: 'lora', rank: 2, alpha: 4 }, 'mean'],
  ] as const) {
    it(`of an encoder ${name} gives the same logits, for texts of any number`, async () => {
      const source = toyTexts(20);
      const start = { kind: 'from-scratch', layers: 2, hiddenSize: 16, heads: 2, vocabulary: 200 };
      const config = runConfigSchema.parse(
        completeFromTask({
          task: { kind: 'text-classes', dataset: 'toy', maxLength: 20 },
          model: { kind: 'encoder', start, head, dropout: 0.1, trained },
          outer: { iterations: 10 },
        }),
      );
      const parameters = parametersOf(config, source);
      const model = graphModelOf(config, source, parameters, {});
      const encoded = source.texts.slice(0, 5).map((text) => source.encoder.tokenizer.encode(text, undefined, 20));
      const padded = (values: (length: number, i: number) => number[]) =>
        encoded.map(({ ids }, i) => [...values(ids.length, i), ...new Array(20 - ids.length).fill(0)]);
      const inputs = {
        input_ids: padded((_, i) => [...encoded[i]!.ids]),
        attention_mask: padded((length) => new Array(length).fill(1)),
        token_type_ids: padded((length) => new Array(length).fill(0)),
      };
      const types = { input_ids: 'int32', token_type_ids: 'int32' } as const;
      const theirs = await predictedByTfjs(model, inputs, types);
      const ours = predictedByUs(config, source, parameters, [
        tf.tensor2d(inputs.input_ids, undefined, 'int32'),
        tf.tensor2d(inputs.attention_mask),
        tf.tensor2d(inputs.token_type_ids, undefined, 'int32'),
      ]);
      expect(theirs.logits).toHaveLength(10);
      expect(Math.max(...ours.logits!.map(Math.abs))).toBeGreaterThan(0.01);
      expect(relativeError(theirs.logits!, ours.logits!)).toBeLessThan(1e-5);
      expect(JSON.parse(model.json).userDefinedMetadata).toMatchObject({ labels: ['good', 'bad'], maxLength: 20 });
    });
  }
});
