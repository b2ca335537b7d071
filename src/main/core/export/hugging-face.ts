import { rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { TrainerModel } from '../../../shared/contract/trainer.ts';
import { bertConfigJson, encoderOfVocabulary } from '../../../shared/encoder/new-encoder.ts';
import type { ModelLineage } from '../../../shared/models/model.ts';
import { startModel } from '../../../shared/run-config/start-model.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import type { TextClassifierFacts } from '../../../shared/runs/text-classifier.ts';
import { sha256OfFile } from '../../files/digest.ts';
import { quoted } from '../../files/file-error.ts';
import { asFloat32 } from '../../files/float-widening.ts';
import { type EncoderTensor, openHuggingFaceFolder, weightsFile } from '../../files/hugging-face-folder.ts';
import { type ModelToExport, writeHuggingFaceFolder } from '../../files/write-hugging-face-folder.ts';
import type { ModelDesk } from '../models/model-desk.ts';
import type { DatasetDesk } from '../runs/dataset-desk.ts';
import { textClassifierOf } from '../runs/text-classifier.ts';
import type { StoredCheckpoint } from '../store/checkpoints.ts';
import { checkpointParameters } from './checkpoint-parameters.ts';
import { type FineTuned, fineTunedOf } from './fine-tuned.ts';
import { mergeAdapters } from './merge-adapters.ts';

export interface HuggingFaceParts {
  readonly models: ModelDesk;
  readonly datasets: DatasetDesk;
}

export interface RunToExport {
  readonly run: RunSummary;
  readonly checkpoint: StoredCheckpoint;
  readonly checkpointFile: string;
}

/**
 * Fills an empty folder with a fine-tuned text run as a model that transformers loads: what was trained comes from the
 * checkpoint, what was frozen from the model that the run began with, and adapters are worked into their weights.
 * Throws `wrong-state` for a run of another kind, `not-found` or `bad-file` when its model is gone or has changed.
 */
export async function writeHuggingFaceRun(
  folder: string,
  exported: RunToExport,
  parts: HuggingFaceParts,
): Promise<void> {
  const { run } = exported;
  const fineTuned = requireFineTuned(run);
  const classifier = await textClassifierOf(run, dirname(exported.checkpointFile), parts.datasets);
  const original = await beginningOf(fineTuned, run, classifier, parts);
  const trained = await floatParameters(exported.checkpointFile);
  const tensors = mergeAdapters(new Map([...withoutHead(original.tensors), ...trained]), fineTuned.alpha);
  requireWhole(run, fineTuned, original.rawConfig, tensors);
  const model: ModelToExport = {
    ...{ rawConfig: original.rawConfig, tensors, tokenizerFiles: original.tokenizerFiles },
    head: { kind: fineTuned.head, dropout: fineTuned.dropout, ...labelsOf(classifier) },
  };
  await rmdir(folder); // it is written beside its place and renamed into it
  await writeHuggingFaceFolder(folder, model);
}

/** Which run and checkpoint a model comes from, and what the run began with. */
export function lineageOf({ run, checkpoint }: RunToExport, models: ModelDesk): ModelLineage {
  const start = startModel(run.config);
  const base = start && models.find(start.model);
  return {
    ...{ runId: run.id, runNumber: run.number, runName: run.name, iteration: checkpoint.iteration },
    base: base && { id: base.id, name: base.name },
  };
}

function requireFineTuned(run: RunSummary): FineTuned {
  const fineTuned = fineTunedOf(run.config);
  if (!fineTuned) {
    throw new InnerloopError(
      'wrong-state',
      `${run.name} is no fine-tuned text model, so there is no Hugging Face folder of it. Export it as safetensors.`,
    );
  }
  return fineTuned;
}

type Beginning = Pick<ModelToExport, 'rawConfig' | 'tensors' | 'tokenizerFiles'>;

/** Config, tokenizer and frozen weights of the encoder that a run began with. */
async function beginningOf(
  { start }: FineTuned,
  run: RunSummary,
  classifier: TextClassifierFacts,
  parts: HuggingFaceParts,
): Promise<Beginning> {
  if (start.kind === 'from-scratch') return newBeginning(run, classifier);
  const model = parts.models.forTrainer(start.model);
  await requireSameWeights(model);
  return openHuggingFaceFolder(model.folder);
}

/** An encoder from scratch has no weights but those that were trained; its vocabulary was made of its texts. */
function newBeginning({ name, config }: RunSummary, { vocabTxt }: TextClassifierFacts): Beginning {
  if (config.model.kind !== 'encoder' || config.task.kind !== 'text-classes' || vocabTxt === null) {
    throw new InnerloopError('wrong-state', `${name} was not trained on texts.`);
  }
  const { model, task } = config;
  const made = encoderOfVocabulary({ model, task }, vocabTxt);
  const tokenizerConfig = JSON.stringify({ tokenizer_class: 'BertTokenizer', do_lower_case: true }, null, 2);
  return {
    rawConfig: bertConfigJson(made.config),
    tensors: new Map(),
    tokenizerFiles: { vocabTxt: made.vocabTxt, tokenizerConfig: `${tokenizerConfig}\n`, others: new Map() },
  };
}

/**
 * What was frozen must be in the model that the run began with. A BERT without a pooler gets one drawn at random in
 * training; where it was frozen it stands nowhere, so that no export could predict the same.
 */
function requireWhole(
  { name }: RunSummary,
  { head }: FineTuned,
  { model_type: family }: ModelToExport['rawConfig'],
  tensors: ReadonlyMap<string, EncoderTensor>,
): void {
  const missing = [
    'embeddings.word_embeddings.weight',
    ...(head === 'pooled' && family === 'bert' ? ['pooler.dense.weight'] : []),
  ].find((wanted) => !tensors.has(wanted));
  if (missing === undefined) return;
  throw new InnerloopError(
    'wrong-state',
    `${name} cannot be put together: ${missing} was frozen as drawn at random and is not stored. Train all of the encoder, or take the mean as head.`,
  );
}

/** The frozen part must be the one that was trained on. */
async function requireSameWeights({ name, folder, digest }: TrainerModel): Promise<void> {
  if ((await sha256OfFile(join(folder, weightsFile))) === digest) return;
  throw new InnerloopError(
    'bad-file',
    `The weights of ${quoted(name)} have changed on the disk since it was imported, so the run cannot be put together.`,
  );
}

/** A classifier that the model came with is not the one that was trained. */
const withoutHead = (tensors: ReadonlyMap<string, EncoderTensor>): (readonly [string, EncoderTensor])[] =>
  [...tensors].filter(([name]) => !/^(pre_)?classifier\./.test(name));

async function floatParameters(checkpointFile: string): Promise<ReadonlyMap<string, EncoderTensor>> {
  const found = new Map<string, EncoderTensor>();
  for (const [name, tensor] of await checkpointParameters(checkpointFile)) {
    const values = asFloat32(tensor);
    if (values !== null) found.set(name, { shape: tensor.shape, values });
  }
  return found;
}

const labelsOf = ({ labels, labelMode }: TextClassifierFacts): Pick<ModelToExport['head'], 'labels' | 'problem'> => ({
  labels,
  problem: labelMode === 'multi' ? 'multi_label_classification' : 'single_label_classification',
});
