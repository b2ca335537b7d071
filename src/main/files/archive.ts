import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { openPromise, type ZipFile } from 'yauzl';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { naturalOrder } from '../../shared/text/natural-order.ts';
import { type ArchiveEntry, checkEntry, refuseOverlaps } from './archive-entry.ts';
import { inflateEntry, inflateHead } from './archive-inflate.ts';
import { fileError, quoted, shownBytes } from './file-error.ts';
import {
  type FileSource,
  type OpenSourceOptions,
  type SourceFile,
  type SourceLimits,
  sourceLimits,
} from './file-source.ts';

/**
 * A zip archive, read in place: yauzl reads its directory, every entry of which is checked before any content is touched.
 * One unsafe entry refuses the whole archive.
 */
export async function openArchive(path: string, options: OpenSourceOptions): Promise<FileSource> {
  const limits = options.limits ?? sourceLimits;
  const name = basename(path);
  const entries = await listEntries(path, name, limits, options);
  const handle = await open(path, 'r').catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  const entryOf = (file: SourceFile): ArchiveEntry => {
    const entry = entries.get(file.path);
    if (!entry) throw new InnerloopError('not-found', `${quoted(name)} has no entry ${quoted(file.path)}.`);
    return entry;
  };
  return {
    kind: 'archive',
    name,
    files: [...entries.keys()].sort(naturalOrder).map((entryPath) => ({ path: entryPath })),
    leftOut: [],
    read: (file) => inflateEntry(handle, name, entryOf(file)),
    readHead: (file) => inflateHead(handle, name, entryOf(file)),
    close: () => handle.close(),
  };
}

/** Files by path; folders are checked and dropped. */
async function listEntries(
  path: string,
  name: string,
  limits: SourceLimits,
  options: OpenSourceOptions,
): Promise<ReadonlyMap<string, ArchiveEntry>> {
  const zip = await openZip(path, name);
  try {
    const files = new Map<string, ArchiveEntry>();
    let total = 0;
    let seen = 0;
    for await (const raw of zip.eachEntry()) {
      options.signal?.throwIfAborted();
      seen += 1;
      if (seen > limits.entries) {
        throw refused('too-large', name, `holds more than ${limits.entries.toLocaleString('en')} entries`);
      }
      const entry = checkEntry(raw, name, limits);
      if (entry.kind === 'folder') continue;
      if (files.has(entry.path)) throw refused('bad-file', name, `holds the entry ${quoted(entry.path)} twice`);
      total += entry.bytes;
      if (total > limits.totalBytes) {
        throw refused('too-large', name, `unpacks to more than ${shownBytes(limits.totalBytes)}`);
      }
      files.set(entry.path, entry);
      if (seen % 1000 === 0) options.onFound?.(files.size);
    }
    refuseOverlaps([...files.values()], name);
    options.onFound?.(files.size);
    return files;
  } catch (thrown) {
    throw options.signal?.aborted ? thrown : damaged(thrown, path, name);
  } finally {
    zip.close();
  }
}

async function openZip(path: string, name: string): Promise<ZipFile> {
  await refuseOtherFormats(path, name);
  try {
    // Names are decoded and judged in archive-entry.ts, so that a refusal can name the entry.
    return await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: true });
  } catch (thrown) {
    throw damaged(thrown, path, name);
  }
}

const otherFormats: readonly (readonly [string, readonly number[]])[] = [
  ['a gzip archive', [0x1f, 0x8b]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21]],
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
];

/** Says what a file is instead, where that helps more than "not a zip archive". */
async function refuseOtherFormats(path: string, name: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead === 0) throw new InnerloopError('bad-file', `${quoted(name)} is empty.`);
    const other = otherFormats.find(([, magic]) => magic.every((byte, i) => buffer[i] === byte));
    if (other)
      throw new InnerloopError('bad-file', `${quoted(name)} is ${other[0]}; import a zip archive or a folder.`);
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  } finally {
    await handle?.close();
  }
}

function refused(code: 'too-large' | 'bad-file', name: string, what: string): InnerloopError {
  return new InnerloopError(code, `The archive ${quoted(name)} ${what}; it was refused.`);
}

/** yauzl's complaint, or the system's, about the archive as a whole. */
function damaged(thrown: unknown, path: string, name: string): InnerloopError {
  if (thrown instanceof InnerloopError || (thrown as { readonly code?: unknown }).code !== undefined) {
    return fileError(thrown, path, 'read');
  }
  return new InnerloopError('bad-file', `${quoted(name)} is not a zip archive, or it is damaged or incomplete.`, {
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    cause: thrown,
  });
}
