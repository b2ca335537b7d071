import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { ColumnScale } from '../../../shared/tables/table-inputs.ts';
import type { ExampleSubsets } from '../../../shared/tasks/example-subsets.ts';
import type { SplitSubsets } from '../../../shared/tasks/split-subsets.ts';
import type { PretrainedTensor } from './text-source.ts';

/** Labelled examples and the network that is fine-tuned on them. */
export type NetworkSource = ImageExamplesSource | DenseExamplesSource;

/** Labelled images of a few classes. */
export interface ImageExamplesSource {
  readonly kind: 'image-examples';
  readonly layout: PixelLayout;
  /** [examples, height, width, channels] of the whole dataset. */
  readonly pixels: Uint8Array;
  readonly subsets: ExampleSubsets;
  /** null: all weights are drawn by the seed. */
  readonly start: NetworkStart | null;
}

/** Labelled rows of a table or clips of sound, as the numbers that a network is given of them. */
export interface DenseExamplesSource {
  readonly kind: 'table-classes' | 'audio-classes';
  /** Of one example: [inputs], [frames, bands, 1] or [samples, 1]. */
  readonly shape: readonly number[];
  /** [examples, ...shape] of the whole dataset, scaled. */
  readonly values: Float32Array;
  /** In the order of the head's outputs. */
  readonly labelNames: readonly string[];
  readonly subsets: SplitSubsets;
  readonly start: NetworkStart | null;
  /** Of the columns of a table; null for clips. */
  readonly scales: readonly ColumnScale[] | null;
}

/** Weights of a network of the library by the names of its parameters; the head may be missing. */
export interface NetworkStart {
  readonly name: string;
  readonly tensors: ReadonlyMap<string, PretrainedTensor>;
}

/** Examples as a source stores them: uint8 pixels of images, scaled numbers of others. */
export type StoredExamples = Uint8Array | Float32Array;

export const labelNamesOf = (source: NetworkSource): readonly string[] =>
  source.kind === 'image-examples' ? source.subsets.classes.map(({ name }) => name) : source.labelNames;
