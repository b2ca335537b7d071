import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, crc32, inflateRaw } from 'node:zlib';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type ArchiveEntry, localHeaderBytes } from './archive-entry.ts';
import { fileError, quoted } from './file-error.ts';
import { readExactly } from './read-exactly.ts';

const inflate = promisify(inflateRaw);

/** Packed bytes that a head is made from: the headers of images lie in the first few hundred. */
const headPackedBytes = 4096;

/** The whole content of an entry, never more than its stated size; throws `bad-file` naming the entry when it is damaged. */
export function inflateEntry(handle: FileHandle, archive: string, entry: ArchiveEntry): Promise<Uint8Array> {
  return naming(archive, entry, async () => {
    const packed = await readPacked(handle, entry, entry.packedBytes);
    const content = entry.packing === 'stored' ? packed : await unpack(packed, entry);
    if (content.byteLength !== entry.bytes)
      throw new Error(`It unpacks to ${content.byteLength} bytes, not ${entry.bytes}`);
    if (crc32(content) !== entry.crc32) throw new Error('It fails its checksum');
    return content;
  });
}

/** The start of an entry's content: what its first 4 KB unpack to. */
export function inflateHead(handle: FileHandle, archive: string, entry: ArchiveEntry): Promise<Uint8Array> {
  if (entry.packedBytes <= headPackedBytes) return inflateEntry(handle, archive, entry);
  return naming(archive, entry, async () => {
    const packed = await readPacked(handle, entry, headPackedBytes);
    if (entry.packing === 'stored') return packed;
    // Deflate packs at most 1,032 to 1, so this is at most 4.3 MB. A sync flush takes what a cut stream gives.
    return inflate(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  });
}

async function unpack(packed: Uint8Array, entry: ArchiveEntry): Promise<Uint8Array> {
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, entry.bytes) });
  } catch (thrown) {
    if ((thrown as { readonly code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Error(`It unpacks to more than the ${entry.bytes} bytes that it states`, { cause: thrown });
    }
    throw new Error('It is damaged', { cause: thrown });
  }
}

async function readPacked(handle: FileHandle, entry: ArchiveEntry, length: number): Promise<Uint8Array> {
  const header = await readExactly(handle, entry.offset, localHeaderBytes);
  const fields = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (fields.getUint32(0, true) !== 0x04034b50) throw new Error('It is not where the archive says');
  const dataStart = entry.offset + localHeaderBytes + fields.getUint16(26, true) + fields.getUint16(28, true);
  return readExactly(handle, dataStart, length);
}

async function naming<Result>(archive: string, entry: ArchiveEntry, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (thrown) {
    const systemCode = (thrown as { readonly code?: unknown }).code;
    if (typeof systemCode === 'string' && !systemCode.startsWith('Z_')) throw fileError(thrown, archive, 'read');
    const reason = thrown instanceof Error && !systemCode ? thrown.message : 'It is damaged';
    throw new InnerloopError('bad-file', `Cannot read ${quoted(entry.path)} in ${quoted(archive)}. ${reason}.`, {
      cause: thrown,
    });
  }
}
