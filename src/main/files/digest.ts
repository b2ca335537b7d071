import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fileError } from './file-error.ts';

export interface DigestOptions {
  readonly signal?: AbortSignal;
  /** Each part of the file as it passes; valid only during the call. */
  readonly onPart?: (part: Uint8Array) => void;
}

/** SHA-256 of a file in hexadecimal, read in parts of 1 MB. Throws when the file cannot be read or `signal` aborts. */
export async function sha256OfFile(path: string, options: DigestOptions = {}): Promise<string> {
  const hash = createHash('sha256');
  try {
    const stream = createReadStream(path, { highWaterMark: 1 << 20 });
    for await (const part of stream as AsyncIterable<Uint8Array>) {
      options.signal?.throwIfAborted();
      hash.update(part);
      options.onPart?.(part);
    }
  } catch (thrown) {
    if (options.signal?.aborted) throw thrown;
    throw fileError(thrown, path, 'read');
  }
  return hash.digest('hex');
}

export function sha256OfBytes(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
