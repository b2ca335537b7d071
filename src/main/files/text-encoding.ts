/** Bytes to text in the encodings that people's files have, by Node's TextDecoder (full ICU). */

import { InnerloopError } from '../../shared/contract/errors.ts';
import {
  encodingName,
  otherwiseTaken,
  type TextEncoding,
  type TextEncodingChoice,
} from '../../shared/datasets/text-encoding.ts';

export interface Decoded {
  readonly text: string;
  /** What the bytes were taken for. */
  readonly encoding: TextEncoding;
}

/** What the byte order mark at a file's beginning says; null where there is none. */
export function byteOrderMark([first, second, third]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

/**
 * The encoding of a whole file by choice and byte order mark; null: each part is UTF-8, or else windows-1252.
 * Throws `bad-file` with a sentence that begins with `where`: UTF-16 that UTF-8 was said of, and bytes that are no text.
 */
export function encodingOf(start: Uint8Array, choice: TextEncodingChoice, where: string): TextEncoding | null {
  const mark = byteOrderMark(start);
  const isUtf16 = mark === 'utf-16le' || mark === 'utf-16be';
  if (isUtf16 && choice === 'auto') return mark;
  if (choice === 'utf-16le' || choice === 'utf-16be') return choice;
  if (isUtf16 && choice === 'utf-8') {
    throw new InnerloopError('bad-file', `${where} is UTF-16 text. Choose the encoding auto, or save it as UTF-8.`);
  }
  if (start.subarray(0, 4096).includes(0)) {
    throw new InnerloopError(
      'bad-file',
      `${where} is no text file: it holds NUL bytes. If it is UTF-16 text, choose the encoding utf-16le or utf-16be.`,
    );
  }
  return choice === 'auto' ? null : choice;
}

export type Decode = (bytes: Uint8Array, where: string) => Decoded;

/** Decodes parts of a file: lines, or all of it. A byte order mark stays. Throws `bad-file` where bytes are none of it. */
export function decoderFor(encoding: TextEncoding | null): Decode {
  const decoder = new TextDecoder(encoding ?? 'utf-8', { fatal: true, ignoreBOM: true });
  const otherwise = new TextDecoder(otherwiseTaken); // every byte means something in it
  return (bytes, where) => {
    try {
      return { text: decoder.decode(bytes), encoding: encoding ?? 'utf-8' };
    } catch (thrown) {
      if (encoding === null) return { text: otherwise.decode(bytes), encoding: otherwiseTaken };
      throw notOf(encoding, where, thrown);
    }
  };
}

/** The sentence for bytes that are not of the encoding. */
export const notOf = (encoding: TextEncoding, where: string, cause?: unknown): InnerloopError =>
  new InnerloopError(
    'bad-file',
    `${where} is not ${encodingName(encoding)} text. Choose another encoding, or save the file as UTF-8.`,
    { cause },
  );

/** The content of a whole small file, without byte order mark; throws as `encodingOf` and `decoderFor` do. */
export function decodeText(bytes: Uint8Array, choice: TextEncodingChoice, where: string): Decoded {
  const { text, encoding } = decoderFor(encodingOf(bytes, choice, where))(bytes, where);
  return { text: text.startsWith('\ufeff') ? text.slice(1) : text, encoding };
}
