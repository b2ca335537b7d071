import { createReadStream } from 'node:fs';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { fileError, quoted, shownBytes } from './file-error.ts';

export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Without its end (LF or CRLF). */
  readonly text: string;
}

export interface LineOptions {
  readonly signal?: AbortSignal;
  /** Bytes read so far. */
  readonly onBytes?: (bytes: number) => void;
}

/** Longer than any example that is allowed, even with every character escaped. */
const longestLineBytes = 16_000_000;
const lineFeed = 0x0a;

/**
 * Lines of a UTF-8 text file, one at a time; a byte order mark is dropped, and the file is read in parts of 1 MB.
 * Throws `bad-file` that names file and line where it is not UTF-8, `too-large` for a line over 16 MB.
 */
export async function* readTextLines(path: string, name: string, options: LineOptions = {}): AsyncGenerator<TextLine> {
  const stream = createReadStream(path, { highWaterMark: 1 << 20 });
  const decode = lineDecoder(name);
  let pending: Uint8Array[] = []; // parts of a line whose end is not read yet
  let pendingBytes = 0;
  let bytes = 0;
  let number = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      options.signal?.throwIfAborted();
      if (bytes === 0) refuseOtherEncodings(part, name);
      let start = 0;
      for (let end = part.indexOf(lineFeed); end !== -1; end = part.indexOf(lineFeed, start)) {
        const line = part.subarray(start, end);
        number += 1;
        yield { number, text: decode(pending.length === 0 ? line : Buffer.concat([...pending, line]), number) };
        pending = [];
        pendingBytes = 0;
        start = end + 1;
      }
      if (start < part.length) pending.push(part.subarray(start));
      pendingBytes += part.length - start;
      if (pendingBytes > longestLineBytes) throw tooLong(name, number + 1);
      bytes += part.length;
      options.onBytes?.(bytes);
    }
  } catch (thrown) {
    if (options.signal?.aborted) throw thrown;
    throw fileError(thrown, path, 'read');
  } finally {
    stream.destroy();
  }
  if (pendingBytes > 0) yield { number: number + 1, text: decode(Buffer.concat(pending), number + 1) };
}

function lineDecoder(name: string): (bytes: Uint8Array, number: number) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return (bytes, number) => {
    if (bytes.length > longestLineBytes) throw tooLong(name, number);
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch (thrown) {
      throw notUtf8(`${quoted(name)}, line ${number.toLocaleString('en')},`, thrown);
    }
    const from = number === 1 && text.startsWith('\ufeff') ? 1 : 0;
    return text.slice(from, text.endsWith('\r') ? -1 : undefined);
  };
}

/** The content of a whole small file; throws `bad-file` when it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, name: string): string {
  refuseOtherEncodings(bytes, name);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (thrown) {
    throw notUtf8(quoted(name), thrown);
  }
}

const notUtf8 = (where: string, cause?: unknown): InnerloopError =>
  new InnerloopError('bad-file', `${where} is not UTF-8 text. Save the file with the encoding UTF-8.`, { cause });

/** What spreadsheets call "Unicode text" is UTF-16: it would fail at its first letter beyond ASCII, or not at all. */
function refuseOtherEncodings(start: Uint8Array, name: string): void {
  const [first, second] = start;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) {
    throw new InnerloopError('bad-file', `${quoted(name)} is UTF-16 text. Save the file with the encoding UTF-8.`);
  }
  if (start.subarray(0, 4096).includes(0)) {
    throw new InnerloopError('bad-file', `${quoted(name)} is no text file: it holds NUL bytes.`);
  }
}

const tooLong = (name: string, number: number): InnerloopError =>
  new InnerloopError(
    'too-large',
    `${quoted(name)}, line ${number.toLocaleString('en')}, is longer than ${shownBytes(longestLineBytes)}.`,
  );
