import { beforeAll, describe, expect, it } from 'vitest';
import type { FineTuner } from '../../../src/main/learning/fine-tuning/fine-tuner.ts';
import type { FineTuneSettings } from '../../../src/main/learning/fine-tuning/settings.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { classificationReport } from '../../../src/shared/runs/classification.ts';
import { classified, examplePredictionsSchema } from '../../../src/shared/runs/example-predictions.ts';
import { fineTunerOf, toySettings, toyTexts } from './toy-texts.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const texts = toyTexts(160);
const lossesOf = (tuner: FineTuner, steps: number): number[] =>
  Array.from({ length: steps }, () => tuner.trainCall()[0]!.loss);
const testAccuracy = async (tuner: FineTuner) =>
  (await tuner.evaluate({ split: 'test', episodes: 32, episodeSeed: 1, steps: 1 }))!;
type Metrics = ReturnType<FineTuner['trainCall']>;
const numbersOf = (tuner: FineTuner) =>
  tuner.state().tensors.map(({ values }) => [...new Uint32Array(values.slice().buffer)]);

describe('fine-tuning an encoder', () => {
  it('learns which words tell, in every way of training', async () => {
    const ways: Partial<FineTuneSettings>[] = [
      {},
      { head: 'mean', dropout: 0.1, classWeights: 'balanced' },
      { trained: { kind: 'last-layers', layers: 1 }, head: 'mean' },
    ];
    for (const way of ways) {
      const tuner = fineTunerOf(toySettings({ epochs: 12, ...way }), texts);
      const before = await testAccuracy(tuner);
      const losses = lossesOf(tuner, 12 * tuner.stepsPerEpoch);
      const after = await testAccuracy(tuner);
      expect(losses.slice(-10).reduce((sum, loss) => sum + loss) / 10).toBeLessThan(losses[0]! * 0.7);
      expect(after.mean).toBeGreaterThan(Math.max(0.8, before.mean));
      tuner.dispose();
    }
  });

  it('says of each example of a split what it predicts, with the truth: the accuracy follows from it', async () => {
    const tuner = fineTunerOf(toySettings(), texts);
    lossesOf(tuner, 20);
    const { predictions, mean, perStep } = await testAccuracy(tuner);
    tuner.dispose();
    const { examples, ...said } = examplePredictionsSchema.parse(predictions);
    const report = classificationReport(classified({ ...said, examples }));
    expect(report.accuracy.value).toBeCloseTo(mean, 10);
    expect(report.logLoss).toBeCloseTo(perStep.at(-1)!.loss, 6);
    expect([...examples]).toEqual(Array.from(texts.splits).flatMap((split, example) => (split === 2 ? [example] : [])));
  });

  it('gives the same losses compiled and eager, with texts of several lengths and dropout', () => {
    for (const dropout of [0, 0.2]) {
      const [compiled, eager] = (['compiled', 'eager'] as const).map((mode) =>
        fineTunerOf(toySettings({ mode, dropout }), texts),
      ) as [FineTuner, FineTuner];
      expect(compiled.prepareTraining().mode).toBe('compiled');
      const reference = lossesOf(eager, 20);
      lossesOf(compiled, 20).forEach((loss, i) => {
        expect(Math.abs(loss - reference[i]!)).toBeLessThan(1e-4);
      });
      compiled.dispose();
      eager.dispose();
    }
  });

  it('goes on to the bit from a state in the middle of an epoch, whatever was evaluated before', async () => {
    const settings = toySettings({ dropout: 0.1 });
    const [whole, first, second] = [0, 1, 2].map(() => fineTunerOf(settings, texts)) as [
      FineTuner,
      FineTuner,
      FineTuner,
    ];
    lossesOf(whole, 17);
    lossesOf(first, 7);
    await testAccuracy(first);
    second.restore(first.state());
    lossesOf(second, 10);
    expect(second.iteration).toBe(17);
    expect(numbersOf(second)).toEqual(numbersOf(whole));
    for (const tuner of [whole, first, second]) tuner.dispose();
  });

  it('steps by several batches as by one large batch, in both ways of computing and with texts of unequal weight', async () => {
    for (const mode of ['compiled', 'eager'] as const) {
      const shared = { mode, classWeights: 'balanced', batch: 6 } as const;
      const [summed, large] = [{ accumulate: 4 }, { batch: 24 }].map((change) =>
        fineTunerOf(toySettings({ ...shared, ...change }), texts),
      ) as [FineTuner, FineTuner];
      expect(summed.stepsPerEpoch).toBe(large.stepsPerEpoch);
      for (let step = 0; step < 6; step++) {
        // an epoch has 4 full steps and what is left of the texts
        const [ours, reference] = [summed, large].map((tuner) => tuner.trainCall()) as [Metrics, Metrics];
        expect(ours).toHaveLength(1);
        expect(ours[0]!.iteration).toBe(step + 1);
        for (const key of ['loss', 'accuracy', 'gradientNorm'] as const) {
          expect(Math.abs(ours[0]![key]! - reference[0]![key]!)).toBeLessThan(1e-5);
        }
      }
      const expected = large.parameters();
      summed.parameters().forEach(({ name, values }, i) => {
        const furthest = values.reduce(
          (most, value, j) => Math.max(most, Math.abs(value - expected[i]!.values[j]!)),
          0,
        );
        if (!name.includes('attention.self.key.bias')) expect(furthest, name).toBeLessThan(1e-5);
      });
      summed.dispose();
      large.dispose();
    }
  });

  it('keeps no sums in a state, and goes on from it to the bit', () => {
    const settings = toySettings({ dropout: 0.1, accumulate: 3, batch: 4 });
    const [whole, first, second] = [0, 1, 2].map(() => fineTunerOf(settings, texts)) as FineTuner[];
    lossesOf(whole!, 7);
    lossesOf(first!, 3);
    expect(first!.state().tensors.map(({ name }) => name)).toEqual(
      fineTunerOf(toySettings(), texts)
        .state()
        .tensors.map(({ name }) => name),
    );
    second!.restore(first!.state());
    lossesOf(second!, 4);
    expect(numbersOf(second!)).toEqual(numbersOf(whole!));
    for (const tuner of [whole!, first!, second!]) tuner.dispose();
  });

  it('goes on to the bit from a state that its own graph is given back', () => {
    const tuner = fineTunerOf(toySettings(), texts);
    lossesOf(tuner, 3);
    const state = tuner.state();
    const losses = lossesOf(tuner, 4);
    tuner.restore(state);
    expect(lossesOf(tuner, 4)).toEqual(losses);
    tuner.dispose();
  });

  it('changes only what is trained: adapters and head under LoRA', async () => {
    const tuner = fineTunerOf(toySettings({ trained: { kind: 'lora', rank: 2, alpha: 4 } }), texts);
    const names = tuner.parameters().map(({ name }) => name);
    expect(names.filter((name) => name.includes('lora_'))).toHaveLength(2 * 2 * 2); // layers, query and value, A and B
    expect(names.filter((name) => !name.includes('lora_'))).toEqual(['classifier.weight', 'classifier.bias']);
    const untrained = await testAccuracy(tuner);
    const full = await testAccuracy(fineTunerOf(toySettings({ trained: { kind: 'head' } }), texts));
    expect(untrained.perStep[0]!.loss).toBe(full.perStep[0]!.loss); // B starts at zero
    const first = lossesOf(tuner, 30);
    expect(first.at(-1)).not.toBe(first[0]);
    expect(
      tuner
        .parameters()
        .find(({ name }) => name.includes('lora_B'))!
        .values.some((value) => value !== 0),
    ).toBe(true);
    tuner.dispose();
  });

  it('measures other parameters and comes back to its own', async () => {
    const tuner = fineTunerOf(toySettings(), texts);
    lossesOf(tuner, 15);
    const trained = await testAccuracy(tuner);
    const untrained = await tuner.evaluate({
      ...{ split: 'test', episodes: 32, episodeSeed: 1, steps: 1 },
      from: tuner.initialParameters(),
    });
    expect(untrained!.perStep[0]!.loss).not.toBe(trained.perStep[0]!.loss);
    expect((await testAccuracy(tuner)).perStep).toEqual(trained.perStep);
    tuner.dispose();
  });

  it('tells several labels apart, each by itself', async () => {
    const tuner = fineTunerOf(toySettings({ epochs: 24, head: 'mean' }), toyTexts(160, { labelMode: 'multi' }));
    lossesOf(tuner, 24 * tuner.stepsPerEpoch);
    const { mean, predictions } = await testAccuracy(tuner);
    expect(mean).toBeGreaterThan(0.8);
    expect(predictions!.probabilities).toHaveLength(2 * predictions!.examples.length);
    tuner.dispose();
  });
});
