import { InnerloopError } from '../../shared/contract/errors.ts';
import type { TrainerDataset, TrainerModel } from '../../shared/contract/trainer.ts';
import { newEncoder, trainingTexts } from '../../shared/encoder/new-encoder.ts';
import type { TextFineTuneRunConfig } from '../../shared/run-config/schema.ts';
import { openHuggingFaceFolder } from '../files/hugging-face-folder.ts';
import { readTextExamples, type TextExamples } from '../files/text-examples.ts';
import { openTokenizer } from '../learning/encoder/tokenizer.ts';
import type { TextEncoderStart, TextSource } from '../learning/fine-tuning/text-source.ts';
import { readSplits } from './example-splits.ts';

/**
 * Reads a dataset's texts and the encoder that is to be fine-tuned on them. Throws with the name of the file or field
 * when one is damaged or they do not fit each other.
 */
export async function loadTextSource(
  config: TextFineTuneRunConfig,
  dataset: TrainerDataset,
  model: TrainerModel | null,
): Promise<TextSource> {
  if (dataset.kind !== 'text-classes') {
    throw new InnerloopError('invalid-config', `The dataset "${dataset.name}" holds images, and the task needs texts.`);
  }
  const examples = await readTextExamples(dataset.examplesFile);
  const splits = await readSplits(dataset, examples.texts.length);
  const { start } = config.model;
  const encoder =
    start.kind === 'pretrained' ? await pretrainedEncoder(config, model) : encoderFromNothing(config, examples, splits);
  return {
    ...{ kind: 'text-classes', ...examples, splits, encoder },
    ...{ labelNames: dataset.labels, labelMode: dataset.labelMode },
  };
}

/** The encoder of a model in the library; throws a sentence that names the model or field. */
export async function pretrainedEncoder(
  { task }: TextFineTuneRunConfig,
  model: TrainerModel | null,
): Promise<TextEncoderStart> {
  if (!model) throw new InnerloopError('not-found', 'The pretrained model was not given to the trainer.');
  const { config, tensors, tokenizerFiles } = await openHuggingFaceFolder(model.folder);
  const longest = config.maxPositions - config.positionOffset;
  if (task.maxLength > longest) {
    throw new InnerloopError(
      'invalid-config',
      `task.maxLength is ${task.maxLength}, but "${model.name}" takes texts of at most ${longest} tokens.`,
    );
  }
  try {
    return { config, tensors, tokenizer: openTokenizer({ ...tokenizerFiles, config }) };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InnerloopError('bad-file', `The tokenizer of "${model.name}" cannot be used: ${why}`, { cause: thrown });
  }
}

/** A small BERT whose vocabulary is made of the training texts. */
function encoderFromNothing(
  config: TextFineTuneRunConfig,
  examples: TextExamples,
  splits: Uint8Array,
): TextEncoderStart {
  const made = newEncoder(config, trainingTexts(examples.texts, examples.pairs, splits));
  return { config: made.config, tensors: null, tokenizer: openTokenizer(made), vocabTxt: made.vocabTxt };
}
