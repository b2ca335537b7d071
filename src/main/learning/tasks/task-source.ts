import type { DatasetClass, PixelLayout } from '../../../shared/datasets/dataset.ts';

/** Where a run's tasks come from: a generator that needs nothing, or a dataset's pixels with its classes by split. */
export type TaskSource = GeneratedTaskSource | ImageTaskSource;

export interface GeneratedTaskSource {
  readonly kind: 'sinusoid' | 'binary-points';
}

export interface ImageTaskSource {
  readonly kind: 'image-classes';
  readonly layout: PixelLayout;
  /** [examples, height, width, channels], the examples of a class side by side. */
  readonly pixels: Uint8Array;
  readonly classes: readonly DatasetClass[];
}

/** Splits that episodes are drawn from; generated tasks keep one stream for each. */
export type EpisodeSplit = 'train' | 'validation' | 'test';
