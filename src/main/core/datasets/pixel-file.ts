import { type FileHandle, open } from 'node:fs/promises';
import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import { writeAll } from '../../files/atomic-write.ts';
import { sha256OfFile } from '../../files/digest.ts';
import { fileError } from '../../files/file-error.ts';
import { readExactly } from '../../files/read-exactly.ts';
import type { DecodedImage } from './image-decoder.ts';

/**
 * `pixels.u8` while it is written: examples one after the other, in a folder that does not count until it is complete.
 * One channel as long as every image is grey; the first colour image turns what was written into RGB.
 */
export interface PixelFile {
  readonly channels: 1 | 3;
  readonly examples: number;
  append(image: DecodedImage): Promise<void>;
  /** Forgets the examples from this one on. */
  rewindTo(example: number): void;
  /** Flushes everything to the disk and closes the file. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const blockBytes = 1 << 20;

export async function createPixelFile(path: string, pixelsPerImage: number): Promise<PixelFile> {
  const handle = await open(path, 'wx+');
  let channels: 1 | 3 = 1;
  let examples = 0;
  let pending: Uint8Array[] = []; // written in larger blocks: an Omniglot image has only 784 bytes
  let pendingBytes = 0;
  const guard = async <Result>(action: () => Promise<Result>): Promise<Result> => {
    try {
      return await action();
    } catch (thrown) {
      throw fileError(thrown, path, 'written');
    }
  };
  const flush = async (): Promise<void> => {
    const block = new Uint8Array(pendingBytes);
    let filled = 0;
    for (const part of pending) {
      block.set(part, filled);
      filled += part.byteLength;
    }
    const start = examples * pixelsPerImage * channels - pendingBytes;
    pending = [];
    pendingBytes = 0;
    await writeAll(handle, block, start);
  };
  return {
    get channels() {
      return channels;
    },
    get examples() {
      return examples;
    },
    append: (image) =>
      guard(async () => {
        if (image.channels === 3 && channels === 1) {
          await flush();
          await greyToRgb(handle, examples * pixelsPerImage);
          channels = 3;
        }
        const pixels = channels === 3 && image.channels === 1 ? repeated(image.pixels) : image.pixels;
        pending.push(pixels);
        pendingBytes += pixels.byteLength;
        examples += 1;
        if (pendingBytes >= blockBytes) await flush();
      }),
    rewindTo: (example) => {
      for (; examples > example; examples--) pendingBytes -= pending.pop()?.byteLength ?? 0;
    },
    finish: () =>
      guard(async () => {
        await flush();
        await handle.truncate(examples * pixelsPerImage * channels);
        await handle.sync();
        await handle.close();
      }),
    close: () => handle.close(),
  };
}

/** Three channels of the same value. */
function repeated(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (let i = 0; i < grey.length; i++) rgb.fill(grey[i]!, 3 * i, 3 * i + 3);
  return rgb;
}

/** Turns the first `bytes` grey values of a file into RGB in place: from the end, where nothing unread is overwritten. */
async function greyToRgb(handle: FileHandle, bytes: number): Promise<void> {
  for (let end = bytes; end > 0; end -= Math.min(end, blockBytes)) {
    const start = Math.max(0, end - blockBytes);
    await writeAll(handle, repeated(await readExactly(handle, start, end - start)), 3 * start);
  }
}

/** Digest of a complete `pixels.u8`, and whether its images are drawings: grey, and mostly light. */
export async function inspectPixels(
  path: string,
  channels: number,
  signal?: AbortSignal,
): Promise<{ readonly sha256: string; readonly polarity: PixelLayout['polarity'] }> {
  let light = 0;
  let all = 0;
  const sha256 = await sha256OfFile(path, {
    ...(signal ? { signal } : {}),
    onPart: (part) => {
      all += part.byteLength;
      for (let i = 0; i < part.length; i++) if (part[i]! >= lightFrom) light += 1;
    },
  });
  const mostlyLight = all > 0 && light / all >= lightShare;
  return { sha256, polarity: channels === 1 && mostlyLight ? 'ink-dark' : 'photo' };
}

/** Paper is at least this light, and covers at least this share of a drawing (Omniglot at 28 x 28: about 80 %). */
const lightFrom = 192;
const lightShare = 0.6;
