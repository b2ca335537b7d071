import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileError } from './file-error.ts';

/**
 * Files that are always whole: written beside their place under a temporary name, flushed to the disk, renamed over the
 * old file, and the folder flushed too, so that neither a crash nor a full disk nor a power cut leaves half a file.
 */

/** Leftovers of a process that was killed while it wrote; `sweepTemporaries` removes them. */
export const temporaryPrefix = '.innerloop-tmp-';

/** Appends to the file being written. */
export interface AtomicFile {
  append(bytes: Uint8Array): Promise<void>;
}

export interface WrittenFile {
  readonly bytes: number;
  /** SHA-256 of the content, hexadecimal. */
  readonly sha256: string;
}

/**
 * Writes a file whole or not at all; an existing file stays as it was until the new one is complete.
 * Throws `no-space` when the disk fills up, and whatever `write` throws; then nothing is left behind.
 */
export async function writeAtomically(path: string, write: (file: AtomicFile) => Promise<void>): Promise<WrittenFile> {
  const temporary = join(dirname(path), `${temporaryPrefix}${randomBytes(6).toString('hex')}`);
  let handle: FileHandle | null = null;
  try {
    handle = await open(temporary, 'wx');
    const file = handle;
    const hash = createHash('sha256');
    let bytes = 0;
    await write({
      append: async (part) => {
        await writeAll(file, part, bytes);
        hash.update(part);
        bytes += part.byteLength;
      },
    });
    await handle.sync();
    await handle.close();
    handle = null;
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return { bytes, sha256: hash.digest('hex') };
  } catch (thrown) {
    await handle?.close();
    await rm(temporary, { force: true });
    throw fileError(thrown, path, 'written');
  }
}

/** As `writeAtomically`, for content that is at hand; text is written as UTF-8. */
export function writeFileAtomically(path: string, content: Uint8Array | string): Promise<WrittenFile> {
  return writeAtomically(path, (file) =>
    file.append(typeof content === 'string' ? new TextEncoder().encode(content) : content),
  );
}

/** Writes every byte at a position of the file: a single write may be short, as at the edge of a full disk. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    if (bytesWritten === 0) throw new Error('The system wrote nothing and gave no reason.');
    done += bytesWritten;
  }
}

/** Renames a file or folder within one disk so that the new name survives a power cut. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
}

/** Flushes a folder's entries to the disk. Windows cannot open folders and writes their entries itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what killed writers left in a folder and returns the names; call it while nothing else writes there. */
export async function sweepTemporaries(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(temporaryPrefix));
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  return names;
}
