import { beforeAll, expect, it } from 'vitest';
import type { FineTuneSettings } from '../../../src/main/learning/fine-tuning/settings.ts';
import { TextPredictor } from '../../../src/main/learning/fine-tuning/text-predictor.ts';
import type { TextSource } from '../../../src/main/learning/fine-tuning/text-source.ts';
import type { NamedTensor } from '../../../src/main/learning/named-tensor.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../../src/main/trainer/graph-folder.ts';
import { livingThings } from '../compile/compiling.ts';
import { fineTunerOf, toySettings, toyTexts } from './toy-texts.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const texts = toyTexts(160);
const nothing: TextSource = { ...texts, texts: [], pairs: [], labels: [], splits: new Uint8Array(0) };

const predictorOf = (settings: FineTuneSettings, parameters: readonly NamedTensor[], together: number) =>
  new TextPredictor({ settings, source: nothing, writeGraph: writeGraphFolder, parameters, together });

it('says of new texts what an evaluation says of those of a split, one by one and side by side', async () => {
  const before = livingThings();
  for (const change of [{}, { trained: { kind: 'head' } }, { mode: 'eager', dropout: 0.2 }] as const) {
    const settings = toySettings(change);
    const tuner = fineTunerOf(settings, texts);
    for (let step = 0; step < 5; step++) tuner.trainCall();
    const outcome = await tuner.evaluate({ split: 'test', episodes: 32, episodeSeed: 1, steps: 1 });
    const { examples, probabilities } = outcome!.predictions!;
    const asked = [...examples].map((example) => ({ text: texts.texts[example]! }));
    const parameters = tuner.parameters();
    tuner.dispose();
    for (const together of [1, 32]) {
      const predictor = predictorOf(settings, parameters, together);
      const said: number[] = [];
      for (let first = 0; first < asked.length; first += together) {
        said.push(...predictor.predict(asked.slice(first, first + together)).probabilities);
      }
      predictor.dispose();
      expect(said).toHaveLength(probabilities.length);
      said.forEach((value, i) => {
        expect(Math.abs(value - probabilities[i]!)).toBeLessThan(1e-5);
      });
    }
  }
  expect(livingThings()).toEqual(before);
});

it('counts the tokens that it looks at: special ones too, none beyond the cut, those of both texts of a pair', () => {
  const settings = toySettings(); // at most 40 tokens
  const predictor = predictorOf(settings, fineTunerOf(settings, texts).parameters(), 4);
  const long = Array.from({ length: 90 }, () => 'sunny').join(' ');
  const asked = [{ text: 'the day was sunny' }, { text: long }, { text: 'the day', pair: 'was gloomy' }];
  expect(predictor.predict(asked).tokens).toEqual([6, 40, 7]);
  predictor.dispose();
});

it('refuses parameters of another network with a sentence', () => {
  const settings = toySettings();
  const [first, ...others] = fineTunerOf(settings, texts).parameters();
  expect(() => predictorOf(settings, others, 1)).toThrow(`These parameters lack "${first!.name}"`);
});
