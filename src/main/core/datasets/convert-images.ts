import { availableParallelism } from 'node:os';
import type { DatasetClass } from '../../../shared/datasets/dataset.ts';
import { sha256OfBytes } from '../../files/digest.ts';
import type { FileSource, LeftOutFile, SourceFile } from '../../files/file-source.ts';
import type { CollectedClass } from './collect-classes.ts';
import type { DecodedImage, ImageDecoder } from './image-decoder.ts';
import type { ImportProgress } from './import-progress.ts';
import { isAboutOneFile } from './left-out.ts';
import { mapInOrder } from './map-in-order.ts';
import type { PixelFile } from './pixel-file.ts';

export type ConvertedClass = Omit<DatasetClass, 'split'>;

/** Images decoded side by side; each can take 200 MB at the largest allowed size. */
const width = Math.min(4, Math.max(2, availableParallelism()));

/** A class needs a support and a query example. */
const fewestExamples = 2;

interface Conversion {
  readonly source: FileSource;
  readonly decoder: ImageDecoder;
  readonly pixels: PixelFile;
  readonly progress: ImportProgress;
  readonly signal: AbortSignal;
}

type Converted = { readonly image: DecodedImage; readonly digest: string } | { readonly leftOut: LeftOutFile };

/** Decodes every image class by class into the pixel file and returns the classes that have enough of them. */
export async function convertImages(
  classes: readonly CollectedClass[],
  conversion: Conversion,
): Promise<readonly ConvertedClass[]> {
  const kept: ConvertedClass[] = [];
  let done = 0;
  for (const collected of classes) {
    const first = conversion.pixels.examples;
    await convertClass(collected, conversion, done);
    done += collected.files.length;
    const examples = conversion.pixels.examples - first;
    if (examples >= fewestExamples) {
      const { name, group } = collected;
      kept.push({ index: kept.length, name, group, firstExample: first, examples });
    } else {
      conversion.pixels.rewindTo(first);
      const reason = `a class of ${examples === 0 ? 'no usable images' : 'one usable image'}; at least two are needed`;
      conversion.progress.leaveOut([{ file: collected.name, reason }]);
    }
    conversion.progress.note({ classes: kept.length, examples: conversion.pixels.examples });
  }
  return kept;
}

async function convertClass(collected: CollectedClass, conversion: Conversion, doneBefore: number): Promise<void> {
  const { pixels, progress, signal } = conversion;
  const seen = new Set<string>(); // digests of the files of this class: the first of exact duplicates is kept
  let done = doneBefore;
  for await (const converted of mapInOrder(collected.files, width, (file) => convert(file, conversion))) {
    signal.throwIfAborted();
    done += 1;
    if ('leftOut' in converted) progress.leaveOut([converted.leftOut]);
    else if (seen.has(converted.digest)) progress.note({ duplicates: progress.job().duplicates + 1 });
    else {
      seen.add(converted.digest);
      await pixels.append(converted.image);
    }
    progress.done(done);
  }
}

async function convert(file: SourceFile, { source, decoder, signal }: Conversion): Promise<Converted> {
  signal.throwIfAborted();
  try {
    const bytes = await source.read(file);
    return { image: await decoder.decode(bytes), digest: sha256OfBytes(bytes) };
  } catch (thrown) {
    if (!isAboutOneFile(thrown)) throw thrown;
    return { leftOut: { file: file.path, reason: thrown.message } };
  }
}
