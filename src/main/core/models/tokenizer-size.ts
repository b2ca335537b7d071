import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { EncoderShape } from '../../../shared/models/model.ts';
import { isRecord } from '../../../shared/run-config/record.ts';
import { fileError, shownBytes } from '../../files/file-error.ts';

const sizeLimit = 64_000_000;

/** How many rows of an embedding a folder's tokenizer can ask for (its largest token id + 1); null without one. */
export async function readTokenizerSize(
  folder: string,
  has: (file: string) => boolean,
): Promise<{ readonly file: EncoderShape['tokenizer']; readonly tokens: number } | null> {
  if (has('tokenizer.json')) {
    return { file: 'tokenizer.json', tokens: tokensOfJson(await readText(join(folder, 'tokenizer.json'))) };
  }
  if (!has('vocab.txt')) return null;
  const lines = (await readText(join(folder, 'vocab.txt'))).split(/\r?\n/);
  const tokens = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (!lines.includes('[UNK]')) throw damaged('"vocab.txt" is not a WordPiece vocabulary: it has no token [UNK].');
  return { file: 'vocab.txt', tokens };
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > sizeLimit) throw damaged(`The tokenizer has ${shownBytes(size)}; at most 64 MB is read.`);
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  }
}

function tokensOfJson(text: string): number {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (thrown) {
    throw new InnerloopError('bad-file', '"tokenizer.json" is not valid JSON.', { cause: thrown });
  }
  const model = isRecord(root) ? root.model : undefined;
  const vocabulary: unknown = isRecord(model) ? model.vocab : undefined;
  const added: unknown = isRecord(root) ? root.added_tokens : undefined;
  const ids = [...vocabularyIds(vocabulary), ...addedIds(added)];
  if (ids.length === 0) throw damaged('"tokenizer.json" has no vocabulary.');
  return ids.reduce((most, id) => Math.max(most, id), 0) + 1;
}

/** WordPiece and BPE map tokens to ids; Unigram lists tokens in the order of their ids. */
function vocabularyIds(vocabulary: unknown): number[] {
  if (Array.isArray(vocabulary)) return vocabulary.length === 0 ? [] : [vocabulary.length - 1];
  return isRecord(vocabulary) ? Object.values(vocabulary).filter((id) => typeof id === 'number') : [];
}

const addedIds = (added: unknown): number[] =>
  Array.isArray(added)
    ? (added as readonly unknown[]).flatMap((token) =>
        isRecord(token) && typeof token.id === 'number' ? [token.id] : [],
      )
    : [];

const damaged = (message: string): InnerloopError => new InnerloopError('bad-file', message);
