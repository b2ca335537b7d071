import { createReadStream } from 'node:fs';
import { InnerloopError } from '../../shared/contract/errors.ts';
import type { TextEncoding, TextEncodingChoice } from '../../shared/datasets/text-encoding.ts';
import { fileError, quoted, shownBytes } from './file-error.ts';
import { type Decode, decoderFor, encodingOf, notOf } from './text-encoding.ts';

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
  /** Default UTF-8. */
  readonly encoding?: TextEncodingChoice;
  /** Hears of each line what it was taken for. */
  readonly onDecoded?: (encoding: TextEncoding) => void;
}

/** Longer than any example that is allowed, even with every character escaped. */
const longestLineBytes = 16_000_000;
const lineFeed = 0x0a;

/**
 * Lines of a text file, one at a time; a byte order mark is dropped, and the file is read in parts of 1 MB.
 * Throws `bad-file` that names file and line where it is not of its encoding, `too-large` for a line over 16 MB.
 */
export async function* readTextLines(path: string, name: string, options: LineOptions = {}): AsyncGenerator<TextLine> {
  const stream = createReadStream(path, { highWaterMark: 1 << 20 });
  const split = createSplitter(name, options);
  let bytes = 0;
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      options.signal?.throwIfAborted();
      yield* split.add(part);
      bytes += part.length;
      options.onBytes?.(bytes);
    }
    yield* split.end();
  } catch (thrown) {
    if (options.signal?.aborted) throw thrown;
    throw fileError(thrown, path, 'read');
  } finally {
    stream.destroy();
  }
}

/** Turns parts of a file into lines; a line that goes on in the next part waits for it. */
interface Splitter {
  add(part: Buffer): Iterable<TextLine>;
  end(): Iterable<TextLine>;
}

/** Decides by the file's beginning how it is split. */
function createSplitter(name: string, { encoding = 'utf-8', onDecoded }: LineOptions): Splitter {
  let splitter: Splitter | null = null;
  return {
    *add(part) {
      if (splitter === null) {
        const found = encodingOf(part, encoding, quoted(name));
        const wide = found === 'utf-16le' || found === 'utf-16be';
        splitter = wide ? wideLines(name, found, onDecoded) : byteLines(name, decoderFor(found), onDecoded);
      }
      yield* splitter.add(part);
    },
    *end() {
      if (splitter !== null) yield* splitter.end();
    },
  };
}

/** Of encodings in which the byte of a line feed is nothing else. */
function byteLines(name: string, decode: Decode, onDecoded: LineOptions['onDecoded']): Splitter {
  let pending: Uint8Array[] = []; // parts of a line whose end is not read yet
  let pendingBytes = 0;
  let number = 0;
  const line = (bytes: Uint8Array): TextLine => {
    number += 1;
    if (bytes.length > longestLineBytes) throw tooLong(name, number);
    const { text, encoding } = decode(bytes, whereOf(name, number));
    onDecoded?.(encoding);
    return tidy(number, text);
  };
  return {
    *add(part) {
      let start = 0;
      for (let end = part.indexOf(lineFeed); end !== -1; end = part.indexOf(lineFeed, start)) {
        const rest = part.subarray(start, end);
        yield line(pending.length === 0 ? rest : Buffer.concat([...pending, rest]));
        pending = [];
        pendingBytes = 0;
        start = end + 1;
      }
      if (start < part.length) pending.push(part.subarray(start));
      pendingBytes += part.length - start;
      if (pendingBytes > longestLineBytes) throw tooLong(name, number + 1);
    },
    *end() {
      if (pendingBytes > 0) yield line(Buffer.concat(pending));
    },
  };
}

/** Of UTF-16, where lines are found in the decoded text. */
function wideLines(name: string, encoding: 'utf-16le' | 'utf-16be', onDecoded: LineOptions['onDecoded']): Splitter {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let pending = '';
  let number = 0;
  const line = (text: string): TextLine => {
    number += 1;
    onDecoded?.(encoding);
    return tidy(number, text);
  };
  const decoded = (part?: Buffer): string => {
    try {
      return part ? decoder.decode(part, { stream: true }) : decoder.decode();
    } catch (thrown) {
      throw notOf(encoding, quoted(name), thrown);
    }
  };
  return {
    *add(part) {
      const lines = (pending + decoded(part)).split('\n');
      pending = lines.pop() ?? '';
      for (const text of lines) yield line(text);
      if (pending.length * 2 > longestLineBytes) throw tooLong(name, number + 1);
    },
    *end() {
      pending += decoded();
      if (pending !== '') yield line(pending);
    },
  };
}

/** Without byte order mark and carriage return. */
function tidy(number: number, text: string): TextLine {
  const from = number === 1 && text.startsWith('\ufeff') ? 1 : 0;
  return { number, text: text.slice(from, text.endsWith('\r') ? -1 : undefined) };
}

const whereOf = (name: string, number: number): string => `${quoted(name)}, line ${number.toLocaleString('en')},`;

const tooLong = (name: string, number: number): InnerloopError =>
  new InnerloopError(
    'too-large',
    `${quoted(name)}, line ${number.toLocaleString('en')}, is longer than ${shownBytes(longestLineBytes)}.`,
  );
