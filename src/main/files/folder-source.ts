import { constants, type Dirent } from 'node:fs';
import { type FileHandle, open, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { naturalOrder } from '../../shared/text/natural-order.ts';
import { fileError, quoted, shownBytes } from './file-error.ts';
import {
  type FileSource,
  type LeftOutFile,
  type OpenSourceOptions,
  type SourceFile,
  sourceLimits,
} from './file-source.ts';
import { readUpTo } from './read-exactly.ts';

const headBytes = 4096;

/** The files below a folder of the user's, only read, never through a link. */
export async function openFolder(path: string, options: OpenSourceOptions): Promise<FileSource> {
  const limits = options.limits ?? sourceLimits;
  const root = await realpath(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  const name = basename(root);
  const { files, leftOut } = await listFiles(root, name, options);
  const read = (file: SourceFile, most: number): Promise<Uint8Array> =>
    readBounded(join(root, ...file.path.split('/')), file.path, limits.fileBytes, most);
  return {
    kind: 'folder',
    name,
    files,
    leftOut,
    read: (file) => read(file, limits.fileBytes),
    readHead: (file) => read(file, headBytes),
    close: async () => undefined,
  };
}

async function listFiles(
  root: string,
  name: string,
  options: OpenSourceOptions,
): Promise<{ files: readonly SourceFile[]; leftOut: readonly LeftOutFile[] }> {
  const limits = options.limits ?? sourceLimits;
  const files: string[] = [];
  const leftOut: LeftOutFile[] = [];
  const folders = [''];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    options.signal?.throwIfAborted();
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((thrown: unknown) => {
      throw fileError(thrown, join(root, folder), 'read');
    });
    seen += entries.length;
    if (seen > limits.entries) throw tooMany(name, limits.entries);
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const reason = reasonToSkip(entry, path, limits.depth);
      if (reason) leftOut.push({ file: path, reason });
      else if (entry.isDirectory()) folders.push(path);
      else files.push(path);
    }
    options.onFound?.(files.length);
  }
  files.sort(naturalOrder);
  return { files: files.map((path) => ({ path })), leftOut };
}

function reasonToSkip(entry: Dirent, path: string, depth: number): string | null {
  if (entry.isSymbolicLink()) return 'a link; links are not followed';
  if (entry.isDirectory()) return path.split('/').length > depth ? `more than ${depth} folders deep` : null;
  return entry.isFile() ? null : 'not a regular file';
}

function tooMany(name: string, entries: number): InnerloopError {
  return new InnerloopError(
    'too-large',
    `The folder ${quoted(name)} holds more than ${entries.toLocaleString('en')} files and folders.`,
  );
}

/** The first `most` bytes of a file; throws `too-large` when the whole file is over the limit. */
async function readBounded(path: string, shown: string, limit: number, most: number): Promise<Uint8Array> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) throw new InnerloopError('bad-file', `${quoted(shown)} is not a regular file.`);
    if (stats.size > limit) {
      throw new InnerloopError(
        'too-large',
        `${quoted(shown)} has ${shownBytes(stats.size)}; at most ${shownBytes(limit)} are read.`,
      );
    }
    return await readUpTo(handle, 0, Math.min(stats.size, most));
  } catch (thrown) {
    throw fileError(thrown, shown, 'read');
  } finally {
    await handle?.close();
  }
}
