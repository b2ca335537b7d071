import type { Random } from '../../../shared/random/random.ts';
import type { AugmentationConfig } from '../../../shared/run-config/schema.ts';
import { drawImageChange } from '../../../shared/tasks/augmentation.ts';
import { createPixelGatherer } from '../tasks/pixel-gatherer.ts';
import type { NetworkSource, StoredExamples } from './network-source.ts';

/** What a network is given of examples, one at a time. */
export interface ExampleInputs {
  /** Numbers in one example. */
  readonly size: number;
  /** Writes example `example` at `offset` of `target`, changed as augmentation draws it, or as it is. */
  copy(example: number, change: DrawnChange | null, target: Float32Array, offset: number): void;
}

/** How a training batch is changed; the same draws for a seed and step. */
export interface DrawnChange {
  readonly augmentation: AugmentationConfig;
  readonly random: Random;
}

/** Shape of an example of a source. */
export const exampleShape = (source: NetworkSource): readonly number[] =>
  source.kind === 'image-examples' ? [source.layout.height, source.layout.width, source.layout.channels] : source.shape;

/** The inputs of examples that are stored as those of the source are: of itself, or new ones. */
export function inputsOf(source: NetworkSource, stored: StoredExamples): ExampleInputs {
  if (source.kind === 'image-examples') {
    if (!(stored instanceof Uint8Array)) throw new Error('Images are stored as uint8 pixels.');
    return imageInputs(source, stored);
  }
  if (!(stored instanceof Float32Array)) throw new Error('Rows and clips are stored as float32 numbers.');
  const size = source.shape.reduce((product, length) => product * length, 1);
  return {
    size,
    copy: (example, _, target, offset) => target.set(stored.subarray(example * size, (example + 1) * size), offset),
  };
}

function imageInputs(
  { layout }: Extract<NetworkSource, { readonly kind: 'image-examples' }>,
  pixels: Uint8Array,
): ExampleInputs {
  const gatherer = createPixelGatherer(pixels, layout);
  return {
    size: gatherer.imageSize,
    copy: (example, change, target, offset) => {
      const drawn = change && drawImageChange(change.random, change.augmentation);
      gatherer.copyImage(example, 0, drawn, target, offset);
    },
  };
}
