import { InnerloopError } from '../../shared/contract/errors.ts';
import type { PredictJob } from '../../shared/contract/trainer.ts';
import { encoderOfVocabulary } from '../../shared/encoder/new-encoder.ts';
import { isTextFineTune } from '../../shared/run-config/schema.ts';
import { openTokenizer } from '../learning/encoder/tokenizer.ts';
import type { TextSource } from '../learning/fine-tuning/text-source.ts';
import { pretrainedEncoder } from './text-store.ts';

/** What a run on texts needs to say something of new ones; it has no examples. */
export async function predictionSource({
  config,
  classifier,
  model,
}: Pick<PredictJob, 'config' | 'classifier' | 'model'>): Promise<TextSource> {
  if (!isTextFineTune(config)) throw new Error('Only fine-tuned runs predict texts.');
  const { labels, labelMode, vocabTxt } = classifier;
  return {
    kind: 'text-classes',
    ...{ texts: [], pairs: [], labels: [], splits: new Uint8Array(0) },
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
