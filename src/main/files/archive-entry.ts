import { type Entry, getFileNameLowLevel } from 'yauzl';
import { type ErrorCode, InnerloopError } from '../../shared/contract/errors.ts';
import { quoted, shownBytes } from './file-error.ts';
import type { SourceLimits } from './file-source.ts';
import { escapeProblem } from './safe-path.ts';

/** What is kept of an entry of a zip's directory: enough to read it later. */
export interface ArchiveEntry {
  readonly kind: 'file' | 'folder';
  /** Slash-separated, without "." parts. */
  readonly path: string;
  /** Sizes as the directory states them; reading holds the content to them. */
  readonly bytes: number;
  readonly packedBytes: number;
  readonly packing: 'stored' | 'deflated';
  readonly crc32: number;
  /** Position of the local header. */
  readonly offset: number;
  /** Length of the name in that header. */
  readonly nameBytes: number;
}

/** Checks one entry of a zip's directory; throws an error that names it when it is unsafe, unreadable or too large. */
export function checkEntry(raw: Entry, archive: string, limits: SourceLimits): ArchiveEntry {
  const name = getFileNameLowLevel(raw.generalPurposeBitFlag, raw.fileNameRaw, raw.extraFields, true);
  const refuse = (code: ErrorCode, problem: string): never => {
    throw new InnerloopError(code, `The archive ${quoted(archive)} was refused: its entry ${quoted(name)} ${problem}.`);
  };
  const problem = escapeProblem(name);
  if (problem) refuse('unsafe-path', problem);
  const kind = name.endsWith('/') ? 'folder' : 'file';
  const path = name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  if (path === '' && kind === 'file') refuse('unsafe-path', 'has no name');
  refuseSpecialFile(raw, refuse);
  if (raw.isEncrypted()) refuse('bad-file', 'is encrypted');
  if (raw.compressionMethod !== 0 && raw.compressionMethod !== 8) {
    refuse(
      'bad-file',
      `is packed by method ${raw.compressionMethod}, which is not supported (only stored and deflated are)`,
    );
  }
  refuseSize(raw, limits, refuse);
  return {
    kind,
    path,
    bytes: raw.uncompressedSize,
    packedBytes: raw.compressedSize,
    packing: raw.compressionMethod === 0 ? 'stored' : 'deflated',
    crc32: raw.crc32,
    offset: raw.relativeOffsetOfLocalHeader,
    nameBytes: raw.fileNameLength,
  };
}

type Refuse = (code: ErrorCode, problem: string) => never;

/** Links, devices and pipes, as Unix archivers mark them in the high half of the external attributes. */
function refuseSpecialFile(raw: Entry, refuse: Refuse): void {
  const fileType = (raw.externalFileAttributes >>> 16) & 0o170000;
  if (fileType === 0o120000) refuse('unsafe-path', 'is a link');
  if (fileType !== 0 && fileType !== 0o100000 && fileType !== 0o040000) refuse('unsafe-path', 'is not a regular file');
}

function refuseSize(raw: Entry, limits: SourceLimits, refuse: Refuse): void {
  const [bytes, packed] = [raw.uncompressedSize, raw.compressedSize];
  if (!Number.isSafeInteger(bytes) || !Number.isSafeInteger(packed)) refuse('bad-file', 'has an impossible size');
  if (bytes > limits.fileBytes) {
    refuse('too-large', `unpacks to ${shownBytes(bytes)}; at most ${shownBytes(limits.fileBytes)} are read`);
  }
  // Deflate adds a few bytes per block to what it cannot pack; more is a lie that would cost memory.
  if (packed > bytes * 1.01 + 1024) refuse('bad-file', 'has impossible sizes');
  if (bytes > limits.ratioFromBytes && bytes > packed * limits.compressionRatio) {
    refuse('too-large', `unpacks to more than ${limits.compressionRatio} times its packed size, as zip bombs do`);
  }
}

/** Refuses archives whose entries share packed bytes (overlapping zip bombs: https://www.bamsoftware.com/hacks/zipbomb/). */
export function refuseOverlaps(entries: readonly ArchiveEntry[], archive: string): void {
  const byOffset = [...entries].sort((a, b) => a.offset - b.offset);
  for (let i = 1; i < byOffset.length; i++) {
    const [before, after] = [byOffset[i - 1]!, byOffset[i]!];
    if (after.offset < before.offset + localHeaderBytes + before.nameBytes + before.packedBytes) {
      throw new InnerloopError(
        'too-large',
        `The archive ${quoted(archive)} was refused: its entries ${quoted(before.path)} and ${quoted(after.path)} overlap, as in zip bombs.`,
      );
    }
  }
}

/** Fixed part of a local file header. */
export const localHeaderBytes = 30;
