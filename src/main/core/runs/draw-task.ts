import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { ImageTrainerDataset } from '../../../shared/contract/trainer.ts';
import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import { createRandom } from '../../../shared/random/random.ts';
import { changeImage, type ImageChange } from '../../../shared/tasks/augmentation.ts';
import { createEpisodeSampler } from '../../../shared/tasks/episode-sampler.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { validConfig } from './launch.ts';

/** Stored pixels of examples of a dataset, one array each: [height * width * channels]. */
export type ReadPixels = (dataset: ImageTrainerDataset, examples: readonly number[]) => Promise<readonly Uint8Array[]>;

/**
 * A training task of a config, drawn as its trainer will: same generator, same sampler, same turns and changes. The
 * images are shown as they are stored, in grey. Null for generated tasks. Throws `invalid-config`.
 */
export async function drawTask(
  datasets: DatasetDesk,
  readPixels: ReadPixels,
  { config: input, skip }: RequestOf<'config.draw-task'>,
): Promise<ResponseOf<'config.draw-task'>> {
  const config = validConfig(input, datasets);
  const { task } = config;
  const dataset = datasets.forTrainer(datasets.factsFor(config));
  if (task.kind !== 'image-classes' || dataset?.kind !== 'image-classes') return null;
  const classes = dataset.classes.filter(({ split }) => split === 'train');
  const sampler = createEpisodeSampler(classes, task, 'train');
  const random = createRandom(config.seed, 'train-tasks');
  for (let skipped = 0; skipped < skip; skipped++) sampler.next(random);
  const episode = sampler.next(random);

  const drawn = async (part: 'support' | 'query') => {
    const items = episode.flatMap((own, label) => own[part].map((example) => ({ label, ...example })));
    const images = await readPixels(
      dataset,
      items.map(({ example }) => example),
    );
    return items.map(({ label, quarterTurns, change }, index) => {
      const pixels = turned(grey(images[index]!, dataset.layout), dataset.layout, quarterTurns);
      return { label, pixels: change === null ? pixels : changed(pixels, dataset.layout, change) };
    });
  };
  return {
    way: task.way,
    width: dataset.layout.width,
    height: dataset.layout.height,
    classNames: episode.map(({ classPosition, support }) => {
      if (classPosition === null) return 'any other class';
      const { name } = classes[classPosition]!;
      const { quarterTurns } = support[0]!;
      return quarterTurns === 0 ? name : `${name}, turned ${quarterTurns * 90}°`;
    }),
    support: await drawn('support'),
    query: await drawn('query'),
  };
}

/** Luma of RGB (ITU-R BT.601); one channel stays as it is. */
function grey(pixels: Uint8Array, { width, height, channels }: PixelLayout): Uint8Array<ArrayBuffer> {
  if (channels === 1) return new Uint8Array(pixels);
  return Uint8Array.from({ length: width * height }, (_, place) => {
    const [red, green, blue] = [0, 1, 2].map((channel) => pixels[place * channels + channel]!);
    return 0.299 * red! + 0.587 * green! + 0.114 * blue!;
  });
}

/** Of one channel. */
function changed(pixels: Uint8Array, { width, height }: PixelLayout, change: ImageChange): Uint8Array<ArrayBuffer> {
  const result = new Uint8ClampedArray(pixels.length); // rounds
  changeImage(pixels, { width, height, channels: 1 }, change, result, 0);
  return new Uint8Array(result);
}

/** Counter-clockwise by 90 degrees, `quarterTurns` times; images are square where turns are not 0. */
function turned(
  pixels: Uint8Array<ArrayBuffer>,
  { width, height }: PixelLayout,
  quarterTurns: number,
): Uint8Array<ArrayBuffer> {
  let result = pixels;
  for (let turn = 0; turn < quarterTurns; turn++) {
    const before = result;
    result = Uint8Array.from({ length: width * height }, (_, place) => {
      const row = Math.floor(place / width);
      const column = place % width;
      return before[column * width + (width - 1 - row)]!;
    });
  }
  return result;
}
