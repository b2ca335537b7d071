import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import type { ImageTrainerDataset } from '../../shared/contract/trainer.ts';
import type { DatasetClass } from '../../shared/datasets/dataset.ts';
import type { Split } from '../../shared/runs/run.ts';
import { fileError } from '../files/file-error.ts';
import type { ImageTaskSource } from '../learning/tasks/task-source.ts';

/** One read asks for at most this much: a single larger read is refused by some systems. */
const partBytes = 64 * 1024 * 1024;

/**
 * Reads a dataset's pixels into memory, uint8 [examples, height, width, channels].
 * Throws `bad-file` when the file is not as long as the dataset's classes say, `not-found` when there is none.
 */
export async function loadImageSource(dataset: ImageTrainerDataset): Promise<ImageTaskSource> {
  const { width, height, channels } = dataset.layout;
  const examples = Math.max(0, ...dataset.classes.map((one) => one.firstExample + one.examples));
  const pixels = await readExactly(dataset.pixelsFile, examples * width * height * channels, dataset.name);
  return { kind: 'image-classes', layout: dataset.layout, pixels, classes: dataset.classes };
}

/** The classes with `split` standing in the place of the test classes: how classes that no run uses are evaluated. */
export function classesAsTest(classes: readonly DatasetClass[], split: Split): readonly DatasetClass[] {
  return classes.map((one) => ({ ...one, split: one.split === split ? 'test' : 'unused' }));
}

async function readExactly(path: string, bytes: number, dataset: string): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      if (size !== bytes) {
        throw new InnerloopError(
          'bad-file',
          `The pixels of dataset "${dataset}" (${basename(path)}) are ${size} bytes long and should be ${bytes}: ` +
            'the file was changed. Verify the dataset, or import it again.',
        );
      }
      const pixels = new Uint8Array(bytes);
      let done = 0;
      while (done < bytes) {
        const { bytesRead } = await handle.read(pixels, done, Math.min(partBytes, bytes - done), done);
        if (bytesRead === 0) throw new Error('The file ended while it was read.');
        done += bytesRead;
      }
      return pixels;
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  }
}
