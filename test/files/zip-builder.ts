import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a test archive; the optional fields let it lie. */
export interface ZipEntry {
  readonly name: string;
  readonly content?: Uint8Array | string;
  readonly packing?: 'stored' | 'deflated';
  /** High half of the external attributes: a Unix file mode. */
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly statedBytes?: number;
  readonly statedPackedBytes?: number;
  readonly statedCrc?: number;
  /** Points at the data of an earlier entry instead of its own. */
  readonly sharesDataOf?: number;
}

/** A zip archive with exactly these entries, sound or not. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let position = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const packed = entry.packing === 'stored' ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const fields = {
      flags: entry.flags ?? 0x800,
      method: entry.method ?? (entry.packing === 'stored' ? 0 : 8),
      crc: entry.statedCrc ?? crc32(content),
      packed: entry.statedPackedBytes ?? packed.length,
      bytes: entry.statedBytes ?? content.length,
    };
    const offset = entry.sharesDataOf === undefined ? position : offsets[entry.sharesDataOf]!;
    offsets.push(offset);
    if (entry.sharesDataOf === undefined) {
      const local = Buffer.concat([localHeader(name, fields), name, packed]);
      parts.push(local);
      position += local.length;
    }
    directory.push(directoryHeader(name, fields, offset, entry.mode ?? 0), name);
  }
  const directoryBytes = Buffer.concat(directory);
  return Buffer.concat([...parts, directoryBytes, endRecord(entries.length, directoryBytes.length, position)]);
}

interface Fields {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly bytes: number;
}

function localHeader(name: Buffer, fields: Fields): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  writeFields(header, fields, 6);
  header.writeUInt16LE(name.length, 26);
  return header;
}

function directoryHeader(name: Buffer, fields: Fields, offset: number, mode: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(0x0314, 4); // made on Unix
  header.writeUInt16LE(20, 6);
  writeFields(header, fields, 8);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE((mode << 16) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return header;
}

function writeFields(header: Buffer, fields: Fields, at: number): void {
  header.writeUInt16LE(fields.flags, at);
  header.writeUInt16LE(fields.method, at + 2);
  header.writeUInt32LE(fields.crc, at + 8);
  header.writeUInt32LE(fields.packed, at + 12);
  header.writeUInt32LE(fields.bytes, at + 16);
}

function endRecord(entries: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
