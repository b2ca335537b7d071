import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { TextEncodingChoice } from '../../../../shared/datasets/text-encoding.ts';
import { fileError, quoted } from '../../../files/file-error.ts';
import type { FileSource } from '../../../files/file-source.ts';
import { openFileSource } from '../../../files/open-source.ts';
import { openTable, tableFormatOf } from './table-source.ts';
import { holdsTexts, textFolderSource } from './text-folder-source.ts';
import type { TextSource } from './text-source.ts';

export interface OpenTextOptions {
  readonly header: 'yes' | 'no';
  readonly encoding: TextEncodingChoice;
  readonly signal?: AbortSignal;
  /** Files found so far, while a list is read. */
  readonly onFound?: (files: number) => void;
}

/** What a source holds: texts, or a tree of files that importers of images look into. */
export type OpenedSource =
  | { readonly kind: 'texts'; readonly texts: TextSource }
  | { readonly kind: 'files'; readonly files: FileSource };

/**
 * Opens a file, archive or folder as what it is (`auto`), or as texts. The caller closes it.
 * Throws `not-found`, `bad-file`, `unsafe-path` or `too-large` with a sentence that names the file.
 */
export async function openSource(
  path: string,
  as: 'auto' | 'text' | 'images',
  options: OpenTextOptions,
): Promise<OpenedSource> {
  const stats = await stat(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  const name = basename(path);
  const table = stats.isFile() && (tableFormatOf(name) !== null || (as === 'text' && !/\.zip$/i.test(name)));
  if (table && as !== 'images') return { kind: 'texts', texts: await openTable(path, options) };
  const { signal, onFound } = options;
  const files = await openFileSource(path, { ...(signal ? { signal } : {}), ...(onFound ? { onFound } : {}) });
  if (as === 'images' || (as === 'auto' && !holdsTexts(files.files))) return { kind: 'files', files };
  const texts = textFolderSource(files, options.encoding);
  if (texts.total > 0) return { kind: 'texts', texts };
  await files.close();
  throw new InnerloopError(
    'bad-file',
    `No texts were found in ${quoted(name)}. Expected .txt files in folders, label/text.txt, or a .csv, .tsv or .jsonl file.`,
  );
}
