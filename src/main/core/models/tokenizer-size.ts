import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { EncoderShape } from '../../../shared/models/model.ts';
import { isRecord } from '../../../shared/run-config/record.ts';
import { fileError, shownBytes } from '../../files/file-error.ts';

const sizeLimit = 64_000_000;

/** What a folder's tokenizer knows. */
export interface FolderTokenizer {
  readonly file: EncoderShape['tokenizer'];
  /** Rows of an embedding that it can ask for: its largest token id + 1. */
  readonly tokens: number;
  readonly words: ReadonlySet<string>;
  /** Contents of tokenizer.json; empty for vocab.txt. */
  readonly description: Readonly<Record<string, unknown>>;
}

/** The tokenizer of a folder; null without one. */
export async function readFolderTokenizer(
  folder: string,
  has: (file: string) => boolean,
): Promise<FolderTokenizer | null> {
  if (has('tokenizer.json')) return tokenizerOfJson(await readText(join(folder, 'tokenizer.json')));
  if (!has('vocab.txt')) return null;
  const lines = (await readText(join(folder, 'vocab.txt'))).split(/\r?\n/);
  const tokens = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (!lines.includes('[UNK]')) throw damaged('"vocab.txt" is not a WordPiece vocabulary: it has no token [UNK].');
  return { file: 'vocab.txt', tokens, words: new Set(lines), description: {} };
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

function tokenizerOfJson(text: string): FolderTokenizer {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (thrown) {
    throw new InnerloopError('bad-file', '"tokenizer.json" is not valid JSON.', { cause: thrown });
  }
  const description = isRecord(root) ? root : {};
  const vocabulary: unknown = isRecord(description.model) ? description.model.vocab : undefined;
  const ids = new Map([...vocabularyIds(vocabulary), ...addedIds(description.added_tokens)]);
  if (ids.size === 0) throw damaged('"tokenizer.json" has no vocabulary.');
  const tokens = [...ids.values()].reduce((most, id) => Math.max(most, id), 0) + 1;
  return { file: 'tokenizer.json', tokens, words: new Set(ids.keys()), description };
}

type Ids = readonly (readonly [string, number])[];

/** WordPiece and BPE map tokens to ids; Unigram lists tokens with their scores in the order of their ids. */
function vocabularyIds(vocabulary: unknown): Ids {
  const list = Array.isArray(vocabulary)
    ? (vocabulary as readonly unknown[]).map(
        (entry, id) => [String(Array.isArray(entry) ? entry[0] : entry), id] as const,
      )
    : Object.entries(isRecord(vocabulary) ? vocabulary : {});
  return list.flatMap(([token, id]) => (typeof id === 'number' ? [[token, id] as const] : []));
}

const addedIds = (added: unknown): Ids =>
  Array.isArray(added)
    ? (added as readonly unknown[]).flatMap((token) =>
        isRecord(token) && typeof token.id === 'number' ? [[String(token.content), token.id] as const] : [],
      )
    : [];

const damaged = (message: string): InnerloopError => new InnerloopError('bad-file', message);
