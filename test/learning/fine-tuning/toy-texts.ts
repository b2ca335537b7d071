import type { EncoderConfig } from '../../../src/main/learning/encoder/encoder-config.ts';
import { openTokenizer } from '../../../src/main/learning/encoder/tokenizer.ts';
import { FineTuner } from '../../../src/main/learning/fine-tuning/fine-tuner.ts';
import type { FineTuneSettings } from '../../../src/main/learning/fine-tuning/settings.ts';
import type { TextSource } from '../../../src/main/learning/fine-tuning/text-source.ts';
import { writeGraphFolder } from '../../../src/main/trainer/graph-folder.ts';
import { vocabularyOf } from '../../../src/shared/encoder/vocabulary.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

const GOOD = ['sunny', 'lovely', 'bright', 'kind'];
const BAD = ['gloomy', 'awful', 'dull', 'mean'];
const FILLERS = ['the', 'day', 'was', 'and', 'a', 'very', 'house', 'with', 'some', 'rain'];

/** Texts with one telling word among fillers, of very different lengths; two or more labels. */
export function toyTexts(count: number, { labelMode = 'single' as 'single' | 'multi' } = {}): TextSource {
  const random = createRandom(1, 'toy-texts');
  const texts: string[] = [];
  const labels: number[][] = [];
  for (let i = 0; i < count; i++) {
    const label = i % 2;
    const words = Array.from({ length: 2 + random.integer(30) }, () => FILLERS[random.integer(FILLERS.length)]!);
    words.splice(random.integer(words.length), 0, (label === 0 ? GOOD : BAD)[random.integer(4)]!);
    texts.push(words.join(' '));
    labels.push(labelMode === 'single' ? [label] : label === 0 ? [0] : [0, 1]);
  }
  const splits = Uint8Array.from(texts, (_, i) => (i % 5 === 3 ? 1 : i % 5 === 4 ? 2 : 0));
  const vocabTxt = vocabularyOf(texts, 200);
  const config: EncoderConfig = {
    ...{ family: 'bert', vocabSize: vocabTxt.trimEnd().split('\n').length, hiddenSize: 16, layers: 2, heads: 2 },
    ...{ intermediateSize: 32, maxPositions: 64, typeVocabSize: 2, positionOffset: 0, layerNormEpsilon: 1e-12 },
    ...{ activation: 'gelu', padTokenId: 0, hiddenDropout: 0, attentionDropout: 0 },
  };
  const tokenizer = openTokenizer({ vocabTxt, config });
  return {
    ...{ kind: 'text-classes', texts, labels, splits, labelMode, labelNames: ['good', 'bad'] },
    pairs: texts.map(() => null),
    encoder: { config, tokenizer, tensors: null },
  };
}

export const toySettings = (changes: Partial<FineTuneSettings> = {}): FineTuneSettings => ({
  ...{
    seed: 1,
    maxLength: 40,
    head: 'pooled',
    dropout: 0,
    precision: 'float32',
    trained: { kind: 'all' },
    epochs: 3,
    batch: 8,
    accumulate: 1,
  },
  ...{ classWeights: 'off', mode: 'compiled' },
  outer: {
    ...{ optimizer: 'adamw', rate: 0.01, weightDecay: 0.01, clip: { kind: 'norm', limit: 1 } },
    ...{ schedule: { kind: 'linear', finalRate: 0 }, warmUp: 2, iterations: (changes.epochs ?? 3) * 12 },
  },
  ...changes,
});

export const fineTunerOf = (settings: FineTuneSettings, source: TextSource): FineTuner =>
  new FineTuner({ settings, source, writeGraph: writeGraphFolder });
