import { elementCount, isTensorType, type TensorType, tensorTypes } from './tensor-types.ts';

/** Where one tensor lies: byte range within the data that follows the header. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their data. */
  readonly tensors: readonly TensorEntry[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Position of the data in the file: 8 + the header's length. */
  readonly dataStart: number;
}

/** Ours is at most 1 MB; the format's own limit of 100 MB serves nobody but attackers. */
export const headerLimit = 1_000_000;

/** Text of a header for tensors laid side by side, padded with spaces so that the data starts at a multiple of 8. */
export function headerText(tensors: readonly TensorEntry[], metadata: ReadonlyMap<string, string>): string {
  const fields: [string, unknown][] = tensors.map(({ name, dtype, shape, begin, end }) => [
    name,
    { dtype, shape, data_offsets: [begin, end] },
  ]);
  if (metadata.size > 0) fields.unshift(['__metadata__', Object.fromEntries(metadata)]);
  const text = JSON.stringify(Object.fromEntries(fields));
  return text + ' '.repeat((8 - (new TextEncoder().encode(text).byteLength % 8)) % 8);
}

/** Checks a header against the size of the data after it: every byte belongs to exactly one tensor. Throws a plain reason. */
export function parseHeader(bytes: Uint8Array, dataBytes: number): SafetensorsHeader {
  const root = record(parseJson(bytes), 'Its header is not a JSON object');
  const metadata = new Map<string, string>();
  const tensors: TensorEntry[] = [];
  for (const [name, value] of Object.entries(root)) {
    if (name === '__metadata__') readMetadata(value, metadata);
    else tensors.push(readEntry(name, value));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== position) {
      throw new Error(
        begin > position ? `There is a hole before tensor "${name}"` : `Tensor "${name}" overlaps another`,
      );
    }
    position = end;
  }
  if (position !== dataBytes) {
    throw new Error(`Its tensors need ${position} bytes of data, but ${dataBytes} follow the header`);
  }
  return { tensors, metadata, dataStart: 8 + bytes.byteLength };
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes[0] !== 0x7b) throw new Error('Its header does not start with "{"');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (thrown) {
    throw new Error('Its header is not valid JSON', { cause: thrown });
  }
}

function readMetadata(value: unknown, into: Map<string, string>): void {
  for (const [key, text] of Object.entries(record(value, 'Its __metadata__ is not an object'))) {
    if (typeof text !== 'string') throw new Error(`Its metadata "${key}" is not text`);
    into.set(key, text);
  }
}

function readEntry(name: string, value: unknown): TensorEntry {
  const { dtype, shape, data_offsets: range } = record(value, `Tensor "${name}" is not described by an object`);
  if (!isTensorType(dtype)) throw new Error(`Tensor "${name}" has the unknown type ${JSON.stringify(dtype)}`);
  const count = elementCount(shape);
  if (count === null) throw new Error(`Tensor "${name}" has the impossible shape ${JSON.stringify(shape)}`);
  const [begin, end] = Array.isArray(range) && range.length === 2 ? (range as readonly unknown[]) : [];
  if (!isOffset(begin) || !isOffset(end) || end < begin) {
    throw new Error(`Tensor "${name}" has impossible offsets ${JSON.stringify(range)}`);
  }
  const expected = count * tensorTypes[dtype].bytes;
  if (end - begin !== expected) {
    throw new Error(`Tensor "${name}" has ${end - begin} bytes, but its shape and type need ${expected}`);
  }
  return { name, dtype, shape: shape as readonly number[], begin, end };
}

const isOffset = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function record(value: unknown, otherwise: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(otherwise);
  return value as Record<string, unknown>;
}
