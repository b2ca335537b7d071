import type { FileHandle } from 'node:fs/promises';

/** `length` bytes from a position of a file, in a buffer of their own; throws when the file ends before. */
export async function readExactly(handle: FileHandle, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readUpTo(handle, start, length);
  if (bytes.byteLength < length) throw new Error('It ends too early');
  return bytes;
}

/** As `readExactly`, but shorter when the file ends before; a single read may be short for other reasons too. */
export async function readUpTo(handle: FileHandle, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
    if (bytesRead === 0) return bytes.slice(0, done);
    done += bytesRead;
  }
  return bytes;
}
