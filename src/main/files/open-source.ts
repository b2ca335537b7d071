import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { openArchive } from './archive.ts';
import { fileError, quoted } from './file-error.ts';
import type { FileSource, OpenSourceOptions } from './file-source.ts';
import { openFolder } from './folder-source.ts';

/**
 * Opens a zip archive or a folder and lists its files. Throws `not-found`, `bad-file` (no archive, damaged),
 * `unsafe-path` or `too-large` with a sentence that names the entry; then nothing stays open.
 */
export async function openFileSource(path: string, options: OpenSourceOptions = {}): Promise<FileSource> {
  const absolute = resolve(path);
  const stats = await stat(absolute).catch((thrown: unknown) => {
    throw fileError(thrown, absolute, 'read');
  });
  if (stats.isDirectory()) return openFolder(absolute, options);
  if (stats.isFile()) return openArchive(absolute, options);
  throw new InnerloopError('bad-file', `${quoted(basename(absolute))} is neither a folder nor a file.`);
}
