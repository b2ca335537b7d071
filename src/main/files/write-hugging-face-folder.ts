import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { parseEncoderConfig } from '../../shared/encoder/encoder-config.ts';
import { renameDurably, temporaryPrefix, writeFileAtomically } from './atomic-write.ts';
import { fileError, quoted } from './file-error.ts';
import { type EncoderTensor, type TokenizerTexts, weightsFile } from './hugging-face-folder.ts';
import { architecture, storedName } from './hugging-face-names.ts';
import { writeSafetensors } from './safetensors.ts';
import { fileTensor } from './tensor-types.ts';

export interface ModelToExport {
  /** The config that the model came with; what a classifier adds is set here. */
  readonly rawConfig: Readonly<Record<string, unknown>>;
  /** By their names without the family's prefix. */
  readonly tensors: ReadonlyMap<string, EncoderTensor>;
  readonly tokenizerFiles: TokenizerTexts;
  readonly head: {
    /** transformers has classifiers for `pooled` alone; `mean` loads there as an encoder whose head is left out. */
    readonly kind: 'pooled' | 'mean';
    readonly labels: readonly string[];
    readonly problem: 'single_label_classification' | 'multi_label_classification' | 'regression';
    readonly dropout: number;
  };
}

/**
 * Writes a folder that transformers' AutoModelForSequenceClassification and AutoTokenizer load, whole or not at all.
 * Throws `in-use` when something of this name is there already.
 */
export async function writeHuggingFaceFolder(path: string, model: ModelToExport): Promise<void> {
  await requireFree(path);
  const temporary = join(dirname(path), `${temporaryPrefix}${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(temporary);
    await writeFiles(temporary, model);
    await renameDurably(temporary, path);
  } catch (thrown) {
    await rm(temporary, { recursive: true, force: true });
    throw fileError(thrown, path, 'written');
  }
}

async function requireFree(path: string): Promise<void> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) {
    const message = `${quoted(basename(path))} exists already. Choose another name for the exported model.`;
    throw new InnerloopError('in-use', message, { detail: path });
  }
}

async function writeFiles(folder: string, model: ModelToExport): Promise<void> {
  const { family } = parseEncoderConfig(model.rawConfig);
  const tensors = [...model.tensors].map(
    ([name, { values, shape }]) => [storedName(family, name), fileTensor(values, shape)] as const,
  );
  // transformers refuses a file whose metadata do not say for which library it was written.
  await writeSafetensors(join(folder, weightsFile), new Map(tensors), new Map([['format', 'pt']]));
  await writeText(folder, 'config.json', `${JSON.stringify(exportedConfig(model), null, 2)}\n`);
  const { tokenizerJson, vocabTxt, tokenizerConfig, others } = model.tokenizerFiles;
  for (const [name, text] of [
    ...Object.entries({ 'tokenizer.json': tokenizerJson, 'vocab.txt': vocabTxt }),
    ...[['tokenizer_config.json', tokenizerConfig] as const],
    ...others,
  ]) {
    if (text !== undefined) await writeText(folder, name, text);
  }
}

const writeText = (folder: string, name: string, text: string) => writeFileAtomically(join(folder, name), text);

function exportedConfig({ rawConfig, head }: ModelToExport): object {
  const { torch_dtype: _, dtype: __, ...kept } = rawConfig; // the weights say it themselves: float32
  const modelType = String(rawConfig.model_type);
  const what = head.kind === 'pooled' ? 'ForSequenceClassification' : 'Model';
  return {
    ...kept,
    architectures: [architecture(modelType, what)],
    id2label: Object.fromEntries(head.labels.map((label, id) => [id, label])),
    label2id: Object.fromEntries(head.labels.map((label, id) => [label, id])),
    problem_type: head.problem,
    [modelType === 'distilbert' ? 'seq_classif_dropout' : 'classifier_dropout']: head.dropout,
    innerloop_head: head.kind,
  };
}
