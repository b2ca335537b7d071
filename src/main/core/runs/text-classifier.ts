import { readFile } from 'node:fs/promises';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import { newEncoder, trainingTexts } from '../../../shared/encoder/new-encoder.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import type { TextClassifierFacts } from '../../../shared/runs/text-classifier.ts';
import { fileError } from '../../files/file-error.ts';
import { readTextClassifier } from '../../files/text-classifier-file.ts';
import { readTextExamples } from '../../files/text-examples.ts';
import type { DatasetDesk } from './dataset-desk.ts';

/**
 * Labels and vocabulary of a run on texts: as its training stored them, else, of an older run, of its dataset.
 * Throws `wrong-state` for a run of another kind, and `not-found` where an older run's dataset was removed.
 */
export async function textClassifierOf(
  run: RunSummary,
  runFolder: string,
  datasets: Pick<DatasetDesk, 'forTrainer'>,
): Promise<TextClassifierFacts> {
  return (await readTextClassifier(runFolder)) ?? (await ofDataset(run, datasets));
}

async function ofDataset(
  { name, config, dataset }: RunSummary,
  datasets: Pick<DatasetDesk, 'forTrainer'>,
): Promise<TextClassifierFacts> {
  const texts = datasets.forTrainer(dataset);
  if (config.model.kind !== 'encoder' || texts?.kind !== 'text-classes') {
    throw new InnerloopError('wrong-state', `${name} was not trained on texts, so its classes have no names.`);
  }
  const { model, task } = config;
  const { labels, labelMode } = texts;
  const facts = { format: 1, labels, labelMode } as const;
  if (model.start.kind !== 'from-scratch' || task.kind !== 'text-classes') return { ...facts, vocabTxt: null };
  const examples = await readTextExamples(texts.examplesFile);
  const splits = await readFile(texts.splitsFile).catch((thrown: unknown) => {
    throw fileError(thrown, texts.splitsFile, 'read');
  });
  const made = newEncoder({ model, task }, trainingTexts(examples.texts, examples.pairs, splits));
  return { ...facts, vocabTxt: made.vocabTxt };
}
