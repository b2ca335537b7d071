import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import { chosenLabels } from '../../../shared/runs/prediction.ts';
import { drawExampleSubsets } from '../../../shared/tasks/example-subsets.ts';
import { imageLimitProblem, readImageHeader } from '../../files/image-header.ts';
import type { CoreContext } from '../context.ts';
import { createImageDecoder, type DecodedImage, type ImageDecoder } from '../datasets/image-decoder.ts';
import { bestCheckpoint } from '../export/run-checkpoint.ts';
import { requireRun } from './actions.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { environmentFor } from './prepare-job.ts';
import type { WarmPredictor } from './warm-predictor.ts';

type Asked = RequestOf<'runs.predict-images'>['images'][number];

/** Classes of new images by the best checkpoint of a run on images, which stays loaded for a while; nothing is stored. */
export async function predictImages(
  context: CoreContext,
  datasets: DatasetDesk,
  predictor: WarmPredictor,
  { id, images }: RequestOf<'runs.predict-images'>,
): Promise<ResponseOf<'runs.predict-images'>> {
  const run = requireRun(context, id);
  const { config } = run;
  const dataset = datasets.forTrainer(run.dataset);
  if (config.task.kind !== 'image-examples' || dataset?.kind !== 'image-classes') {
    const message = `${run.name} was not fine-tuned on images, so it has nothing to say of them.`;
    throw new InnerloopError('wrong-state', message);
  }
  const size = dataset.layout.width * dataset.layout.height * dataset.layout.channels;
  const pixels = await pixelsOf(images, dataset.layout);
  const { checkpoint, checkpointFile } = bestCheckpoint(context, run);
  const model = datasets.modelFor?.(config);
  const job = { kind: 'predict-images', runId: run.id, config, dataset, checkpoint: checkpointFile } as const;
  const { probabilities, computeMs } = await predictor.ask(model ? { ...job, model } : job, environmentFor(config), {
    kind: 'images',
    pixels,
  });
  const labels = drawExampleSubsets(dataset.classes, config.task, config.seed).classes.map(({ name }) => name);
  return {
    ...{ labels, labelMode: 'single', iteration: checkpoint.iteration, maxLength: null, computeMs },
    predictions: probabilities.map((ofImage) => ({
      labels: chosenLabels(ofImage, labels, 'single'),
      probabilities: ofImage,
      tokens: null,
    })),
    seen: images.map((_, index) => ({ ...dataset.layout, pixels: pixels.slice(index * size, (index + 1) * size) })),
  };
}

/** Images as the dataset's were stored: the same size, resized the same way, the same channels. */
async function pixelsOf(images: readonly Asked[], layout: PixelLayout): Promise<Uint8Array<ArrayBuffer>> {
  const decoder = await createImageDecoder(layout.width);
  const size = layout.width * layout.height * layout.channels;
  const pixels = new Uint8Array(images.length * size);
  for (const [index, image] of images.entries()) {
    pixels.set(withChannels(await decoded(decoder, image), layout.channels), index * size);
  }
  return pixels;
}

async function decoded(decoder: ImageDecoder, { name, bytes }: Asked): Promise<DecodedImage> {
  const header = readImageHeader(bytes);
  if (header.kind === 'unreadable') throw new InnerloopError('bad-file', `"${name}" is ${header.reason}.`);
  if (header.kind === 'incomplete') throw new InnerloopError('bad-file', `"${name}" is a JPEG without a frame header.`);
  const problem = imageLimitProblem(header.width, header.height);
  if (problem !== null) throw new InnerloopError('too-large', `The image "${name}" ${problem}.`);
  return decoder.decode(bytes).catch((thrown: unknown) => {
    throw new InnerloopError('bad-file', `"${name}" is damaged and cannot be decoded.`, { cause: thrown });
  });
}

/** Grey for a dataset without colour (luma, ITU-R BT.601); three equal channels for one with it. */
export function withChannels({ channels, pixels }: DecodedImage, wanted: number): Uint8Array {
  if (channels === wanted) return pixels;
  const places = pixels.length / channels;
  if (wanted === 3) return Uint8Array.from({ length: 3 * places }, (_, i) => pixels[Math.floor(i / 3)]!);
  return Uint8Array.from({ length: places }, (_, place) =>
    Math.round(0.299 * pixels[3 * place]! + 0.587 * pixels[3 * place + 1]! + 0.114 * pixels[3 * place + 2]!),
  );
}
