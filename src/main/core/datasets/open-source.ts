import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { TextEncodingChoice } from '../../../shared/datasets/text-encoding.ts';
import { fileError, quoted } from '../../files/file-error.ts';
import type { FileSource } from '../../files/file-source.ts';
import { openFileSource } from '../../files/open-source.ts';
import { holdsAudio } from './audio/holds-audio.ts';
import { looksLikeTable } from './tables/looks-like-table.ts';
import { openTable, tableFormatOf } from './texts/table-source.ts';
import { holdsTexts, textFolderSource } from './texts/text-folder-source.ts';
import type { TextSource } from './texts/text-source.ts';

export interface OpenOptions {
  readonly header: 'yes' | 'no';
  readonly encoding: TextEncodingChoice;
  readonly signal?: AbortSignal;
  /** Files found so far, while a list is read. */
  readonly onFound?: (files: number) => void;
}

/** `auto-text`: as `auto`, but a file of rows holds texts and is no table of numbers and categories. */
export type AskedKind = 'auto' | 'auto-text' | 'text' | 'table' | 'audio' | 'images';

/** What a source holds: rows of texts or of a table, or a tree of files: clips, or images. */
export type OpenedSource =
  | { readonly kind: 'texts' | 'table'; readonly rows: TextSource }
  | { readonly kind: 'audio' | 'images'; readonly files: FileSource };

/**
 * Opens a file, archive or folder as what it is (`auto`), or as what is asked. The caller closes it.
 * Throws `not-found`, `bad-file`, `unsafe-path` or `too-large` with a sentence that names the file.
 */
export async function openSource(path: string, as: AskedKind, options: OpenOptions): Promise<OpenedSource> {
  const stats = await stat(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  const name = basename(path);
  const isTable = stats.isFile() && !/\.zip$/i.test(name);
  if (as === 'table') {
    if (isTable) return { kind: 'table', rows: await openTable(path, options) };
    throw new InnerloopError(
      'bad-file',
      `A table of rows is one .csv, .tsv or .jsonl file, and ${quoted(name)} is none.`,
    );
  }
  if (isTable && (as === 'text' || (as.startsWith('auto') && tableFormatOf(name) !== null))) {
    const rows = await openTable(path, options);
    return { kind: as === 'auto' && (await looksLikeTable(rows, options.signal)) ? 'table' : 'texts', rows };
  }
  return openFiles(path, as, options);
}

async function openFiles(path: string, as: Exclude<AskedKind, 'table'>, options: OpenOptions): Promise<OpenedSource> {
  const { signal, onFound } = options;
  const files = await openFileSource(path, { ...(signal ? { signal } : {}), ...(onFound ? { onFound } : {}) });
  if (as === 'audio' || (as === 'auto' && holdsAudio(files.files))) return { kind: 'audio', files };
  if (as === 'images' || (as !== 'text' && !holdsTexts(files.files))) return { kind: 'images', files };
  const texts = textFolderSource(files, options.encoding);
  if (texts.total > 0) return { kind: 'texts', rows: texts };
  await files.close();
  throw new InnerloopError(
    'bad-file',
    `No texts were found in ${quoted(basename(path))}. Expected .txt files in folders, label/text.txt, or a .csv, .tsv or .jsonl file.`,
  );
}
