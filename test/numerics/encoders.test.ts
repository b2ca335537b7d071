import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openHuggingFaceFolder } from '../../src/main/files/hugging-face-folder.ts';
import { ownName } from '../../src/main/files/hugging-face-names.ts';
import { readSafetensors } from '../../src/main/files/safetensors.ts';
import { registerSecondOrderGradients } from '../../src/main/learning/autodiff/second-order-gradients.ts';
import { valueAndGradients } from '../../src/main/learning/autodiff/value-and-gradients.ts';
import { type ClassifierHead, classifierParameters, classify } from '../../src/main/learning/encoder/classifier.ts';
import type { EncoderBatch } from '../../src/main/learning/encoder/encoder.ts';
import { openTokenizer } from '../../src/main/learning/encoder/tokenizer.ts';
import { crossEntropy } from '../../src/main/learning/losses.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { relativeError } from '../learning/differences.ts';
import { batchOf, encoderFile, expectedOf, families, openEncoder, tensorsOf } from '../learning/encoder/encoders.ts';
import { readFixture } from './fixture.ts';
import { findMiniLm, nameWithMiniLm } from './mini-lm.ts';

const off = { kind: 'off' } as const;

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

const targetsOf = (texts: number, classes: number): tf.Tensor =>
  tf
    .oneHot(
      Array.from({ length: texts }, (_, i) => i % classes),
      classes,
    )
    .toFloat();

const largestDifference = (found: tf.Tensor, expected: readonly (readonly number[])[]): number =>
  tf.max(tf.abs(tf.sub(found, tf.tensor(expected as number[][])))).dataSync()[0]!;

describe.each(families)('a tiny %s, beside transformers', (family) => {
  const expected = expectedOf(family);
  const head: ClassifierHead = { kind: 'pooled', outputs: expected.logits[0]!.length, dropout: 0.1 };
  const open = async () => {
    const folder = await openEncoder(family);
    const specs = classifierParameters(folder.config, head);
    return { ...folder, specs, parameters: tensorsOf(specs, folder.tensors) };
  };

  it('has the same logits for texts and for pairs, whatever the padding', async () => {
    const { config, parameters } = await open();
    const logits = (batch: EncoderBatch) => classify(config, head, parameters, batch, off);
    const padding = config.padTokenId;
    expect(largestDifference(logits(batchOf(expected.ids, { padding })), expected.logits)).toBeLessThan(1e-5);
    const widely = batchOf(expected.ids, { padding: 7, length: 17 });
    expect(largestDifference(logits(widely), expected.logits)).toBeLessThan(1e-5);
    const pairs = batchOf(expected.pairIds, { types: expected.pairTypes, padding });
    expect(largestDifference(logits(pairs), expected.pairLogits)).toBeLessThan(1e-5);
  });

  it('has the same loss and the same gradients', async () => {
    const { config, specs, parameters } = await open();
    const batch = batchOf(expected.ids, { padding: config.padTokenId });
    const targets = targetsOf(expected.ids.length, head.outputs);
    const { value, gradients } = valueAndGradients(
      (at) => ({ value: crossEntropy(classify(config, head, at, batch, off), targets), measured: [] }),
      parameters,
    );
    expect(value.dataSync()[0]).toBeCloseTo(expected.loss, 5);
    const { tensors } = await readSafetensors(encoderFile(family, 'gradients.safetensors'));
    const stored = new Map([...tensors].map(([name, { values }]) => [ownName(name), values as Float32Array]));
    expect(stored.size).toBe(specs.length);
    // A key's bias shifts all scores of a softmax alike: its gradient is zero but for rounding.
    specs.forEach(({ name }, i) => {
      const [found, wanted] = [gradients[i]!.dataSync(), stored.get(name)!];
      if (/key\.bias|k_lin\.bias/.test(name)) expect(Math.max(...found.map(Math.abs))).toBeLessThan(1e-6);
      else expect(relativeError([...found], [...wanted]), name).toBeLessThan(1e-4);
    });
  });
});

interface MiniLmFixture {
  readonly maxLength: number;
  readonly texts: readonly string[];
  readonly logits: readonly (readonly number[])[];
  readonly pairs: readonly (readonly [string, string])[];
  readonly pairLogits: readonly (readonly number[])[];
  readonly batch: number;
  readonly loss: number;
  /** Norm, and sum of the numbers times cos(k + 1). */
  readonly gradients: Readonly<Record<string, readonly [number, number]>>;
}

const miniLm = findMiniLm(process.env);

describe.skipIf('missing' in miniLm)(nameWithMiniLm('MiniLM-L6, beside transformers', miniLm), () => {
  const head: ClassifierHead = { kind: 'pooled', outputs: 3, dropout: 0.1 };
  const open = async () => {
    if ('missing' in miniLm) throw new Error(miniLm.missing);
    const folder = await openHuggingFaceFolder(miniLm.folder);
    const specs = classifierParameters(folder.config, head);
    const wave = (count: number, at: (k: number) => number) =>
      Float32Array.from({ length: count }, (_, k) => at(k + 1) / 2);
    const tensors = new Map([
      ...folder.tensors,
      ['classifier.weight', { shape: [3, 384], values: wave(3 * 384, Math.sin) }],
      ['classifier.bias', { shape: [3], values: wave(3, Math.cos) }],
    ]);
    const tokenizer = openTokenizer({ ...folder.tokenizerFiles, config: folder.config });
    return { config: folder.config, specs, parameters: tensorsOf(specs, tensors), tokenizer };
  };

  it('has the logits of transformers to 1e-4 on 100 texts and 10 pairs, and its gradients to 1e-3', async () => {
    const fixture = readFixture<MiniLmFixture>('minilm');
    const { config, specs, parameters, tokenizer } = await open();
    const encoded = fixture.texts.map((text) => tokenizer.encode(text, undefined, fixture.maxLength).ids);
    for (let i = 0; i < encoded.length; i += 10) {
      const difference = tf.tidy(() => {
        const logits = classify(config, head, parameters, batchOf(encoded.slice(i, i + 10)), off);
        return largestDifference(logits, fixture.logits.slice(i, i + 10));
      });
      expect(difference).toBeLessThan(1e-4);
    }
    const pairs = fixture.pairs.map(([first, second]) => tokenizer.encode(first, second, fixture.maxLength));
    const ofPairs = batchOf(
      pairs.map(({ ids }) => ids),
      { types: pairs.map(({ types }) => types) },
    );
    expect(largestDifference(classify(config, head, parameters, ofPairs, off), fixture.pairLogits)).toBeLessThan(1e-4);
    const batch = batchOf(encoded.slice(0, fixture.batch));
    const { value, gradients } = valueAndGradients(
      (at) => ({
        value: crossEntropy(classify(config, head, at, batch, off), targetsOf(fixture.batch, 3)),
        measured: [],
      }),
      parameters,
    );
    expect(value.dataSync()[0]).toBeCloseTo(fixture.loss, 5);
    specs.forEach(({ name }, i) => {
      const [norm, projection] = fixture.gradients[name]!;
      let [squares, projected] = [0, 0];
      gradients[i]!.dataSync().forEach((number, k) => {
        squares += number ** 2;
        projected += number * Math.cos(k + 1);
      });
      if (/key\.bias/.test(name)) return; // zero but for rounding
      expect(Math.abs(Math.sqrt(squares) - norm) / norm, name).toBeLessThan(1e-3);
      expect(Math.abs(projected - projection) / norm, name).toBeLessThan(1e-3);
    });
  }, 600_000);
});
