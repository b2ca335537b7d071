import { open, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import {
  type EncoderConfig,
  type EncoderFamily,
  longestText,
  parseEncoderConfig,
} from '../../../shared/encoder/encoder-config.ts';
import type { EncoderShape, ModelShape } from '../../../shared/models/model.ts';
import { isRecord } from '../../../shared/run-config/record.ts';
import { fileError, quoted, shownBytes } from '../../files/file-error.ts';
import { weightsFile } from '../../files/hugging-face-folder.ts';
import { ownName } from '../../files/hugging-face-names.ts';
import { readSafetensorsHeader } from '../../files/safetensors.ts';
import type { SafetensorsHeader } from '../../files/safetensors-header.ts';
import { expectedTensors } from './expected-tensors.ts';
import { inspectNetwork, isNetworkConfig } from './inspect-network.ts';
import { missingSpecialTokens } from './special-tokens.ts';
import { type FolderTokenizer, readFolderTokenizer } from './tokenizer-size.ts';

/** A model folder that is what it should be. */
export interface InspectedModel {
  readonly shape: ModelShape;
  /** The files that make up the model, by size. Others in the folder are none of its business. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** What belongs to a model: everything that `transformers` and this program read. */
const modelFiles = [
  'config.json',
  weightsFile,
  'tokenizer.json',
  'vocab.txt',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
] as const;

const configLimit = 4_000_000;

/**
 * Looks whether a folder holds a model that can be fine-tuned, or a network of the engine's own: config.json, the header of model.safetensors against
 * it, and the tokenizer against both. The weights themselves are not read. Throws `bad-file` with what is wrong and
 * what to do, `not-found` for no folder.
 */
export async function inspectModel(folder: string): Promise<InspectedModel> {
  const name = basename(folder);
  await requireFolder(folder);
  const files = await presentFiles(folder);
  const has = (file: string): boolean => files.some((present) => present.name === file);
  if (!has('config.json'))
    throw wrong(`${quoted(name)} is not a Hugging Face folder: it has no config.json. ${whatAModelIs}`);
  const config = parseConfig(await readFile(join(folder, 'config.json'), 'utf8'), files);
  if (isNetworkConfig(config)) {
    const own = files.filter((file) => file.name === 'config.json' || file.name === weightsFile);
    return { shape: await inspectNetwork(folder, config), files: own };
  }
  const encoder = encoderOf(config, name);
  if (!has(weightsFile)) throw await noWeights(folder, name);
  const header = await readSafetensorsHeader(join(folder, weightsFile));
  const numbers = numbersOf(encoder);
  checkTensors(header, encoder);
  const tokenizer = await readFolderTokenizer(folder, has);
  if (tokenizer === null) {
    throw wrong(`${quoted(name)} has no tokenizer: neither tokenizer.json nor vocab.txt is there.`);
  }
  checkTokenizer(name, tokenizer, numbers, encoder.family);
  const missing = await missingSpecialTokens(folder, has, tokenizer, encoder.family);
  if (missing.length > 0) {
    const tokens = missing.map(({ setting, token }) => `${quoted(token)} (${setting})`).join(', ');
    const needed = 'Every text needs its special tokens.';
    throw wrong(
      `The tokenizer of ${quoted(name)} does not fit its model: ${tokenizer.file} lacks ${tokens}. ${needed}`,
    );
  }
  const family = String(config.model_type);
  const shape: EncoderShape = {
    kind: 'encoder',
    family,
    ...numbers,
    ...weightFacts(header, config),
    tokens: tokenizer.tokens,
    tokenizer: tokenizer.file,
  };
  return { shape, files };
}

const whatAModelIs = 'A model is a folder with config.json, model.safetensors and tokenizer.json or vocab.txt.';
const counted = (count: number): string => count.toLocaleString('en');
const wrong = (message: string): InnerloopError => new InnerloopError('bad-file', message);

async function requireFolder(folder: string): Promise<void> {
  const stats = await stat(folder).catch((thrown: unknown) => {
    throw fileError(thrown, folder, 'read');
  });
  if (!stats.isDirectory()) {
    throw wrong(`${quoted(basename(folder))} is a file. ${whatAModelIs}`);
  }
}

async function presentFiles(folder: string): Promise<InspectedModel['files']> {
  const found = await Promise.all(
    modelFiles.map(async (name) => {
      const stats = await stat(join(folder, name)).catch(() => null); // not there, or a link to nothing
      return stats?.isFile() ? [{ name, bytes: stats.size }] : [];
    }),
  );
  return found.flat();
}

function parseConfig(text: string, files: InspectedModel['files']): Readonly<Record<string, unknown>> {
  const bytes = files.find(({ name }) => name === 'config.json')?.bytes ?? 0;
  if (bytes > configLimit) throw wrong(`"config.json" has ${shownBytes(bytes)}; at most 4 MB is read.`);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (thrown) {
    throw new InnerloopError('bad-file', '"config.json" is not valid JSON.', { cause: thrown });
  }
  if (!isRecord(config)) throw wrong('"config.json" does not hold an object.');
  return config;
}

function encoderOf(config: Readonly<Record<string, unknown>>, name: string): EncoderConfig {
  try {
    return parseEncoderConfig(config);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InnerloopError('bad-file', `The model in ${quoted(name)} cannot be used: ${reason}`, { cause: thrown });
  }
}

/** Why there is no model.safetensors, and what to do about it. */
async function noWeights(folder: string, name: string): Promise<InnerloopError> {
  const isThere = (file: string): Promise<boolean> =>
    open(join(folder, file), 'r').then(
      (handle) => handle.close().then(() => true),
      () => false,
    );
  if (await isThere('pytorch_model.bin')) {
    return wrong(
      `${quoted(name)} has its weights in pytorch_model.bin, a Python pickle. A pickle can run any code when it is opened, so it is never read. Save the model as safetensors in Python: AutoModel.from_pretrained(FOLDER).save_pretrained(FOLDER, safe_serialization=True).`,
    );
  }
  if (await isThere('model.safetensors.index.json')) {
    return wrong(
      `The weights of ${quoted(name)} are divided into several files. Save them as one in Python: save_pretrained(FOLDER, max_shard_size="20GB").`,
    );
  }
  return wrong(`${quoted(name)} is not whole: model.safetensors is missing.`);
}

function checkTokenizer(
  name: string,
  { file, tokens }: FolderTokenizer,
  { vocabulary }: Numbers,
  family: EncoderFamily,
): void {
  const misfit = `The tokenizer of ${quoted(name)} does not fit its model`;
  if (tokens > vocabulary) {
    throw wrong(
      `${misfit}: ${file} knows ${counted(tokens)} tokens, but the word embedding has ${counted(vocabulary)} rows.`,
    );
  }
  if (family === 'roberta' && file === 'vocab.txt') {
    throw wrong(`${misfit}: a RoBERTa model needs tokenizer.json, and vocab.txt is BERT’s.`);
  }
}

type Numbers = Pick<EncoderShape, 'layers' | 'hidden' | 'heads' | 'vocabulary' | 'maxLength'>;

function numbersOf(config: EncoderConfig): Numbers {
  return {
    layers: config.layers,
    hidden: config.hiddenSize,
    heads: config.heads,
    vocabulary: config.vocabSize,
    maxLength: longestText(config),
  };
}

/** Every weight is there, in the shape that config.json says. */
function checkTensors(header: SafetensorsHeader, encoder: EncoderConfig): void {
  const bare = new Map(header.tensors.map((entry) => [ownName(entry.name), entry]));
  for (const [name, shape] of expectedTensors(encoder)) {
    const entry = bare.get(name);
    if (!entry) throw wrong(`"model.safetensors" does not fit config.json: it has no tensor ${quoted(name)}.`);
    if (entry.shape.join() !== shape.join()) {
      throw wrong(
        `"model.safetensors" does not fit config.json: ${name} is [${entry.shape.join(', ')}], but config.json says [${shape.join(', ')}].`,
      );
    }
    if (!['F32', 'F16', 'BF16', 'F64'].includes(entry.dtype)) {
      throw wrong(`The weights in "model.safetensors" are ${entry.dtype}; F32, F16, BF16 and F64 are read.`);
    }
  }
}

function weightFacts(header: SafetensorsHeader, config: Readonly<Record<string, unknown>>) {
  const weights = header.tensors.filter(({ dtype }) => dtype !== 'I64' && dtype !== 'I32'); // position ids
  const size = ({ shape }: { readonly shape: readonly number[] }): number => shape.reduce((all, side) => all * side, 1);
  const largest = weights.reduce((best, entry) => (size(entry) > size(best) ? entry : best), weights[0]!);
  const head = weights.find(({ name }) => /^classifier\.(out_proj\.)?weight$/.test(name));
  const architectures = Array.isArray(config.architectures) ? (config.architectures as readonly unknown[]) : [];
  return {
    architecture: typeof architectures[0] === 'string' ? architectures[0] : 'not named',
    parameters: weights.reduce((sum, entry) => sum + size(entry), 0),
    precision: largest.dtype,
    labels: head ? labelsOf(config.id2label, head.shape[0] ?? 0) : null,
  };
}

function labelsOf(given: unknown, count: number): string[] {
  const names: Readonly<Record<string, unknown>> = isRecord(given) ? given : {};
  return Array.from({ length: count }, (_, index) => {
    const name = names[String(index)];
    return typeof name === 'string' ? name : `LABEL_${index}`;
  });
}
