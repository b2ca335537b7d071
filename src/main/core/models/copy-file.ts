import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import { writeAll } from '../../files/atomic-write.ts';
import { fileError } from '../../files/file-error.ts';

export interface CopyOptions {
  readonly signal: AbortSignal;
  /** Bytes of each part that was written. */
  readonly onPart: (bytes: number) => void;
}

/**
 * Copies a file (through links) to a new one, flushed to the disk; returns the SHA-256 of what was written. A file that
 * exists is not replaced. Throws when reading or writing fails, or `signal` aborts; the caller removes the folder then.
 */
export async function copyFile(from: string, to: string, { signal, onPart }: CopyOptions): Promise<string> {
  const hash = createHash('sha256');
  const target = await create(to);
  try {
    let position = 0;
    const source = createReadStream(from, { highWaterMark: 1 << 20 });
    for await (const part of readable(source, from, signal)) {
      hash.update(part);
      await writeAll(target, part, position).catch((thrown: unknown) => {
        throw fileError(thrown, to, 'written');
      });
      position += part.byteLength;
      onPart(part.byteLength);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return hash.digest('hex');
}

const create = (path: string): Promise<FileHandle> =>
  open(path, 'wx').catch((thrown: unknown) => {
    throw fileError(thrown, path, 'written');
  });

async function* readable(source: AsyncIterable<Uint8Array>, path: string, signal: AbortSignal) {
  try {
    for await (const part of source) {
      if (signal.aborted) throw new InnerloopError('cancelled', 'The copy was cancelled.');
      yield part;
    }
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  }
}
