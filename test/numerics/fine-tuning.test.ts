import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownName } from '../../src/main/files/hugging-face-names.ts';
import { readSafetensors } from '../../src/main/files/safetensors.ts';
import { openTokenizer } from '../../src/main/learning/encoder/tokenizer.ts';
import type { FineTuneSettings } from '../../src/main/learning/fine-tuning/settings.ts';
import { epochBatches } from '../../src/main/learning/fine-tuning/text-batches.ts';
import type { TextSource } from '../../src/main/learning/fine-tuning/text-source.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { relativeError } from '../learning/differences.ts';
import { encoderFile, expectedOf, type Family, families, openEncoder } from '../learning/encoder/encoders.ts';
import { fineTunerOf } from '../learning/fine-tuning/toy-texts.ts';

/** What make_fine_tuning_fixtures.py writes beside a model, and the weights after the last step. */
interface FineTuning {
  readonly rate: number;
  readonly weightDecay: number;
  readonly limit: number;
  /** Texts of each step. */
  readonly batches: readonly (readonly number[])[];
  readonly losses: readonly number[];
  readonly norms: readonly number[];
}

const [SEED, EPOCHS, BATCH] = [7, 3, 4] as const; // the batches of the fixture

beforeAll(async () => {
  await loadTensorFlow();
});

/** By their names without the family's prefix. */
async function tensorsIn(file: string): Promise<ReadonlyMap<string, Float32Array>> {
  const { tensors } = await readSafetensors(file);
  return new Map([...tensors].map(([name, { values }]) => [ownName(name)!, values as Float32Array]));
}

/** All texts of the tiny encoders as training texts of a run with the fixture's settings. */
async function fineTuning(family: Family, fixture: FineTuning, accumulate: number) {
  const { maxLength, texts, logits } = expectedOf(family);
  const { config, tensors, tokenizerFiles } = await openEncoder(family);
  const tokenizer = openTokenizer({ ...tokenizerFiles, config });
  const classes = logits[0]!.length;
  const source: TextSource = {
    ...{ kind: 'text-classes', texts, pairs: texts.map(() => null), labelMode: 'single' },
    labels: texts.map((_, i) => [i % classes]),
    labelNames: Array.from({ length: classes }, (_, i) => `class ${i}`),
    splits: new Uint8Array(texts.length),
    encoder: { config, tokenizer, tensors },
  };
  const settings: FineTuneSettings = {
    ...{ seed: SEED, maxLength, head: 'pooled', dropout: 0, precision: 'float32', trained: { kind: 'all' } },
    ...{ epochs: EPOCHS, batch: BATCH / accumulate, accumulate, classWeights: 'off', mode: 'compiled' },
    outer: {
      ...{ optimizer: 'adamw', rate: fixture.rate, weightDecay: fixture.weightDecay },
      ...{ clip: { kind: 'norm', limit: fixture.limit }, schedule: { kind: 'linear', finalRate: 0 } },
      ...{ warmUp: 0, iterations: fixture.batches.length },
    },
  };
  const lengths = texts.map((text) => tokenizer.encode(text, undefined, maxLength).ids.length);
  const examples = texts.map((_, i) => i);
  const batches = Array.from({ length: EPOCHS }, (_, epoch) =>
    epochBatches(examples, lengths, { seed: SEED, batch: BATCH, epoch }),
  ).flat();
  return { tuner: fineTunerOf(settings, source), batches, tensors };
}

describe.each(families)('fine-tuning a tiny %s, beside PyTorch', (family) => {
  const fixture = JSON.parse(readFileSync(encoderFile(family, 'fine-tuning.json'), 'utf8')) as FineTuning;

  it.each([1, 2])('has its losses, its norms of gradients and its weights, %d batches a step', async (accumulate) => {
    const { tuner, batches, tensors } = await fineTuning(family, fixture, accumulate);
    expect(batches).toEqual(fixture.batches);
    const start = tuner.state();
    // The fine-tuner draws the last layer anew: here it starts where PyTorch's does.
    const given = start.tensors.map((tensor) => {
      const stored = tensors.get(tensor.name.replace('parameter/', ''));
      return stored ? { ...tensor, values: stored.values } : tensor;
    });
    tuner.restore({ ...start, tensors: given });
    const metrics = fixture.batches.map(() => tuner.trainCall()[0]!);
    const errors = metrics.flatMap(({ loss, gradientNorm }, step) => [
      relativeError([loss], [fixture.losses[step]!]),
      relativeError([gradientNorm], [fixture.norms[step]!]),
    ]);
    expect(Math.max(...errors)).toBeLessThan(1e-5);
    const expected = await tensorsIn(encoderFile(family, 'fine-tuned.safetensors'));
    expect(expected.size).toBe(tuner.parameters().length);
    for (const { name, values } of tuner.parameters()) {
      // A key's bias shifts all scores of a softmax alike: its gradient is rounding, which Adam makes large.
      if (/key\.bias|k_lin\.bias/.test(name)) continue;
      const from = tensors.get(name)!.values;
      const moved = (to: ArrayLike<number>) => Array.from(to, (value, i) => value - from[i]!);
      expect(relativeError(moved(values), moved(expected.get(name)!)), name).toBeLessThan(1e-4);
    }
    tuner.dispose();
  });
});
