import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type WrittenFile, writeAtomically } from './atomic-write.ts';
import { fileError, quoted, shownBytes } from './file-error.ts';
import { readExactly } from './read-exactly.ts';
import {
  headerLimit,
  headerText,
  parseHeader,
  type SafetensorsHeader,
  type TensorEntry,
} from './safetensors-header.ts';
import { elementCount, type FileTensor, type TensorArray, type TensorType, tensorTypes } from './tensor-types.ts';

/**
 * Named tensors in one file: an 8-byte little-endian header length, a JSON header, then the data side by side
 * (https://github.com/huggingface/safetensors#format). Numbers are little-endian, as on every machine that this runs on.
 */

/** Writes all tensors or nothing; an existing file is replaced only when the new one is whole. */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, FileTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Promise<WrittenFile> {
  const ordered = [...tensors].sort(([nameA, a], [nameB, b]) => {
    // Large elements first keeps every tensor aligned to its element, as the reference implementation does.
    const size = tensorTypes[b.dtype].bytes - tensorTypes[a.dtype].bytes;
    return size !== 0 ? size : nameA < nameB ? -1 : 1;
  });
  let position = 0;
  const entries = ordered.map(([name, tensor]): TensorEntry => {
    assertWritable(name, tensor);
    const begin = position;
    position += tensor.values.byteLength;
    return { name, dtype: tensor.dtype, shape: tensor.shape, begin, end: position };
  });
  const header = new TextEncoder().encode(headerText(entries, metadata));
  if (header.byteLength > headerLimit) throw new RangeError(`Header of ${header.byteLength} bytes is over the limit.`);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.byteLength), true);
  return writeAtomically(path, async (file) => {
    await file.append(length);
    await file.append(header);
    for (const [, { values }] of ordered) {
      await file.append(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    }
  });
}

function assertWritable(name: string, { dtype, shape, values }: FileTensor): void {
  if (name === '__metadata__') throw new RangeError('A tensor cannot be named __metadata__.');
  const { array } = tensorTypes[dtype];
  if (!(values instanceof array) || elementCount(shape) !== values.length) {
    const given = `${values.constructor.name} of ${values.length}`;
    throw new RangeError(`Tensor "${name}" is a ${given}, which does not fit ${dtype} [${shape.join(', ')}].`);
  }
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, FileTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Every tensor of a file, or throws `bad-file` with what is wrong. */
export function readSafetensors(path: string): Promise<SafetensorsFile> {
  return withFile(path, async (handle, header) => {
    const tensors = new Map<string, FileTensor>();
    for (const entry of header.tensors) tensors.set(entry.name, await readEntry(handle, header, entry));
    return { tensors, metadata: header.metadata };
  });
}

/** One tensor by name, without reading the others. */
export function readTensor(path: string, name: string): Promise<FileTensor> {
  return withFile(path, async (handle, header) => {
    const entry = header.tensors.find((candidate) => candidate.name === name);
    if (!entry) throw new Error(`It has no tensor "${name}"`);
    return readEntry(handle, header, entry);
  });
}

/** Names, types, shapes and metadata; no data is read. */
export function readSafetensorsHeader(path: string): Promise<SafetensorsHeader> {
  return withFile(path, async (_, header) => header);
}

async function withFile<Result>(
  path: string,
  use: (handle: FileHandle, header: SafetensorsHeader) => Promise<Result>,
): Promise<Result> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  }
  try {
    return await use(handle, await readHeader(handle));
  } catch (thrown) {
    if (thrown instanceof InnerloopError || (thrown as { readonly code?: unknown }).code !== undefined) {
      throw fileError(thrown, path, 'read');
    }
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InnerloopError('bad-file', `${quoted(basename(path))} is not a sound safetensors file. ${reason}.`, {
      detail: path,
      cause: thrown,
    });
  } finally {
    await handle.close();
  }
}

async function readHeader(handle: FileHandle): Promise<SafetensorsHeader> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw new Error('It is not a regular file');
  if (stats.size < 10) throw new Error(`It has only ${stats.size} bytes`);
  const lengthBytes = await readExactly(handle, 0, 8);
  const length = Number(new DataView(lengthBytes.buffer).getBigUint64(0, true));
  if (length > stats.size - 8) throw new Error(`Its header claims ${length} bytes, more than the file has`);
  if (length > headerLimit) throw new Error(`Its header has ${shownBytes(length)}; at most 1 MB is read`);
  if (length < 2) throw new Error('Its header is empty');
  return parseHeader(await readExactly(handle, 8, length), stats.size - 8 - length);
}

async function readEntry(handle: FileHandle, header: SafetensorsHeader, entry: TensorEntry): Promise<FileTensor> {
  const bytes = await readExactly(handle, header.dataStart + entry.begin, entry.end - entry.begin);
  return { dtype: entry.dtype, shape: entry.shape, values: view(bytes, entry.dtype) };
}

function view(bytes: Uint8Array<ArrayBuffer>, dtype: TensorType): TensorArray {
  return new tensorTypes[dtype].array(bytes.buffer); // readExactly gives a buffer of its own, so it is aligned
}
