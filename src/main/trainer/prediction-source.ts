import { InnerloopError } from '../../shared/contract/errors.ts';
import type { PredictJob } from '../../shared/contract/trainer.ts';
import { encoderOfVocabulary } from '../../shared/encoder/new-encoder.ts';
import { isTextFineTune } from '../../shared/run-config/schema.ts';
import { openTokenizer } from '../learning/encoder/tokenizer.ts';
import type { TextSource } from '../learning/fine-tuning/text-source.ts';
import { pretrainedEncoder } from './text-store.ts';

const testCode = 2; // of splits-v<version>.u8

/** What predicts the texts of a job: they are its only examples, so that graphs are made for their lengths alone. */
export async function predictionSource({ config, classifier, model, texts }: PredictJob): Promise<TextSource> {
  if (!isTextFineTune(config)) throw new Error('Only fine-tuned runs predict texts.');
  const { labels, labelMode, vocabTxt } = classifier;
  return {
    kind: 'text-classes',
    texts: texts.map(({ text }) => text),
    pairs: texts.map(({ pair }) => pair ?? null),
    labels: texts.map(() => [0]), // nobody looks at them
    splits: new Uint8Array(texts.length).fill(testCode),
    ...{ labelNames: labels, labelMode },
    encoder:
      config.model.start.kind === 'pretrained'
        ? await pretrainedEncoder(config, model ?? null)
        : encoderFromVocabulary(config, vocabTxt),
  };
}

function encoderFromVocabulary(
  config: Parameters<typeof encoderOfVocabulary>[0],
  vocabTxt: string | null,
): TextSource['encoder'] {
  if (vocabTxt === null) throw new InnerloopError('bad-file', 'The vocabulary of the run is missing.');
  const made = encoderOfVocabulary(config, vocabTxt);
  return { config: made.config, tensors: null, tokenizer: openTokenizer(made), vocabTxt };
}
