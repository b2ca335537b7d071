import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type EncoderConfig, parseEncoderConfig } from '../../shared/encoder/encoder-config.ts';
import { sha256OfBytes, sha256OfFile } from './digest.ts';
import { fileError, quoted, shownBytes } from './file-error.ts';
import { asFloat32 } from './float-widening.ts';
import { ownName } from './hugging-face-names.ts';
import { readExactly } from './read-exactly.ts';
import { readSafetensorsHeader, readTensor } from './safetensors.ts';
import type { TensorEntry } from './safetensors-header.ts';

/**
 * A model as Hugging Face stores it: config.json, model.safetensors and the tokenizer's files in one folder
 * (https://huggingface.co/docs/transformers/main_classes/model).
 */

export interface EncoderTensor {
  readonly shape: readonly number[];
  /** Row-major; half-precision numbers have become float32. */
  readonly values: Float32Array;
}

/** Contents of the tokenizer's files; what is missing is absent. */
export interface TokenizerTexts {
  readonly tokenizerJson?: string;
  readonly vocabTxt?: string;
  readonly tokenizerConfig?: string;
  /** Further ones that an export takes along, by file name. */
  readonly others: ReadonlyMap<string, string>;
}

export interface HuggingFaceFolder {
  readonly config: EncoderConfig;
  /** config.json as it is. */
  readonly rawConfig: Readonly<Record<string, unknown>>;
  /** By their names without the family's prefix. */
  readonly tensors: ReadonlyMap<string, EncoderTensor>;
  readonly tokenizerFiles: TokenizerTexts;
  /** Names of the classes of a fine-tuned classifier; null where none are given. */
  readonly labels: readonly string[] | null;
  /** Of all files that were read. */
  readonly bytes: number;
  /** SHA-256 over the names and digests of these files. */
  readonly digest: string;
}

const MEGABYTE = 1_000_000;
const LIMITS = { config: MEGABYTE, tokenizer: 64 * MEGABYTE, weights: 4000 * MEGABYTE } as const;

export const weightsFile = 'model.safetensors';
const OTHER_TOKENIZER_FILES = ['special_tokens_map.json', 'added_tokens.json', 'vocab.json', 'merges.txt'];

/** Reads a whole model; throws `not-found`, `bad-file` or `too-large` with a sentence that names the file. */
export async function openHuggingFaceFolder(path: string): Promise<HuggingFaceFolder> {
  await requireFolder(path);
  const configText = await readText(path, 'config.json', LIMITS.config);
  if (configText === null) throw missing(path, 'config.json');
  const rawConfig = parseObject(configText, join(path, 'config.json'));
  const config = inFile(path, () => parseEncoderConfig(rawConfig));
  const { files, texts } = await readTokenizer(path);
  const weights = await readWeights(join(path, weightsFile));
  files.set('config.json', configText);
  const digests = [...files].map(([name, text]) => `${name} ${sha256OfBytes(text)}\n`);
  digests.push(`${weightsFile} ${await sha256OfFile(join(path, weightsFile))}\n`);
  const textBytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return {
    ...{ config, rawConfig, tensors: weights.tensors, tokenizerFiles: texts },
    labels: labelsOf(rawConfig),
    bytes: weights.bytes + textBytes,
    digest: sha256OfBytes(digests.sort().join('')),
  };
}

async function requireFolder(path: string): Promise<void> {
  const stats = await stat(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  if (stats.isDirectory()) return;
  const message = `${quoted(basename(path))} is a file. Choose the folder that holds config.json and ${weightsFile}.`;
  throw new InnerloopError('bad-file', message, { detail: path });
}

/** The text of a file of the folder; null where there is none. */
async function readText(folder: string, name: string, limit: number): Promise<string | null> {
  const path = join(folder, name);
  const handle = await open(path, 'r').catch((thrown: { readonly code?: unknown }) => {
    if (thrown.code === 'ENOENT') return null;
    throw fileError(thrown, path, 'read');
  });
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    if (size > limit) {
      const message = `${quoted(name)} has ${shownBytes(size)}; at most ${shownBytes(limit)} are read.`;
      throw new InnerloopError('too-large', message, { detail: path });
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await readExactly(handle, 0, size));
  } catch (thrown) {
    if (thrown instanceof TypeError) throw badFile(path, 'is not UTF-8 text');
    throw fileError(thrown, path, 'read');
  } finally {
    await handle.close();
  }
}

const badFile = (path: string, problem: string, cause?: unknown): InnerloopError =>
  new InnerloopError('bad-file', `${quoted(basename(path))} ${problem}.`, { detail: path, cause });

/** A folder without a file that it must have, with what was perhaps meant. */
function missing(folder: string, name: string): InnerloopError {
  const message =
    `The folder ${quoted(basename(folder))} has no ${name}. ` +
    `A Hugging Face model has config.json, ${weightsFile} and tokenizer.json or vocab.txt in one folder.`;
  return new InnerloopError('not-found', message, { detail: folder });
}

function parseObject(text: string, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw badFile(path, `is not valid JSON: ${(thrown as Error).message}`, thrown);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badFile(path, 'must hold an object');
  return value as Readonly<Record<string, unknown>>;
}

function inFile<Result>(folder: string, parse: () => Result): Result {
  try {
    return parse();
  } catch (thrown) {
    const message = `The model in ${quoted(basename(folder))} cannot be used: ${(thrown as Error).message}`;
    throw new InnerloopError('bad-file', message, { detail: folder, cause: thrown });
  }
}

async function readTokenizer(
  folder: string,
): Promise<{ readonly files: Map<string, string>; readonly texts: TokenizerTexts }> {
  const files = new Map<string, string>();
  for (const name of ['tokenizer.json', 'vocab.txt', 'tokenizer_config.json', ...OTHER_TOKENIZER_FILES]) {
    const text = await readText(folder, name, LIMITS.tokenizer);
    if (text !== null) files.set(name, text);
  }
  const tokenizerJson = files.get('tokenizer.json');
  const vocabTxt = files.get('vocab.txt');
  const tokenizerConfig = files.get('tokenizer_config.json');
  if (tokenizerJson === undefined && vocabTxt === undefined) throw missing(folder, 'tokenizer.json or vocab.txt');
  const others = new Map([...files].filter(([name]) => OTHER_TOKENIZER_FILES.includes(name)));
  const texts: TokenizerTexts = {
    ...(tokenizerJson === undefined ? {} : { tokenizerJson }),
    ...(vocabTxt === undefined ? {} : { vocabTxt }),
    ...(tokenizerConfig === undefined ? {} : { tokenizerConfig }),
    others,
  };
  return { files, texts };
}

async function readWeights(
  path: string,
): Promise<{ readonly tensors: ReadonlyMap<string, EncoderTensor>; readonly bytes: number }> {
  const stats = await stat(path).catch(async (thrown: { readonly code?: unknown }) => {
    if (thrown.code !== 'ENOENT') throw fileError(thrown, path, 'read');
    throw await withoutWeights(join(path, '..'));
  });
  if (stats.size > LIMITS.weights) {
    const message = `${quoted(weightsFile)} has ${shownBytes(stats.size)}; at most ${shownBytes(LIMITS.weights)} are read.`;
    throw new InnerloopError('too-large', message, { detail: path });
  }
  const tensors = new Map<string, EncoderTensor>();
  for (const entry of (await readSafetensorsHeader(path)).tensors) {
    const name = ownName(entry.name);
    if (name !== null) tensors.set(name, await readFloats(path, entry));
  }
  if (!tensors.has('embeddings.word_embeddings.weight')) {
    throw badFile(path, 'has no word embeddings (embeddings.word_embeddings.weight), so it holds no encoder');
  }
  return { tensors, bytes: stats.size };
}

async function withoutWeights(folder: string): Promise<InnerloopError> {
  for (const [name, remedy] of [
    ['model.safetensors.index.json', 'Its weights are spread over several files: save the model into one'],
    ['pytorch_model.bin', 'pytorch_model.bin may hold programs and is not read: save the model as safetensors'],
  ] as const) {
    const isThere = await stat(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (isThere) {
      const message = `The folder ${quoted(basename(folder))} has no ${weightsFile}. ${remedy}.`;
      return new InnerloopError('not-found', message, { detail: folder });
    }
  }
  return missing(folder, weightsFile);
}

/** One tensor at a time: of half-precision weights, only one is held twice. */
async function readFloats(path: string, { name, dtype, shape }: TensorEntry): Promise<EncoderTensor> {
  const values = asFloat32(await readTensor(path, name));
  if (values === null) throw badFile(path, `holds ${quoted(name)} as ${dtype}; F32, F16, BF16 and F64 can be read`);
  return { shape, values };
}

/** The classes in the order of their numbers; the names that transformers makes up (LABEL_0) count as none. */
function labelsOf({ id2label }: Readonly<Record<string, unknown>>): readonly string[] | null {
  if (typeof id2label !== 'object' || id2label === null) return null;
  const labels = Object.entries(id2label).sort(([left], [right]) => Number(left) - Number(right));
  const isWhole = labels.every(([id, label], place) => id === String(place) && typeof label === 'string');
  if (!isWhole || labels.every(([, label]) => /^LABEL_\d+$/.test(label as string))) return null;
  return labels.map(([, label]) => label as string);
}
