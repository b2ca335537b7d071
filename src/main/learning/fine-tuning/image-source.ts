import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { ExampleSubsets } from '../../../shared/tasks/example-subsets.ts';
import type { PretrainedTensor } from './text-source.ts';

/** Labelled images of a few classes and the network that is fine-tuned on them. */
export interface ImageExamplesSource {
  readonly kind: 'image-examples';
  readonly layout: PixelLayout;
  /** [examples, height, width, channels] of the whole dataset. */
  readonly pixels: Uint8Array;
  readonly subsets: ExampleSubsets;
  /** null: all weights are drawn by the seed. */
  readonly start: NetworkStart | null;
}

/** Weights of a network of the library by the names of its parameters; the head may be missing. */
export interface NetworkStart {
  readonly name: string;
  readonly tensors: ReadonlyMap<string, PretrainedTensor>;
}
