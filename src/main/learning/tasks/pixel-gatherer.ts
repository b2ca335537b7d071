import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import { changeImage, type ImageChange } from '../../../shared/tasks/augmentation.ts';

/** Copies stored images into float batches. */
export interface PixelGatherer {
  /** Numbers in one image. */
  readonly imageSize: number;
  /**
   * Writes image `example`, turned counter-clockwise `quarterTurns` times and then changed, at `offset` of `target`;
   * allocates nothing.
   */
  copyImage(
    example: number,
    quarterTurns: number,
    change: ImageChange | null,
    target: Float32Array,
    offset: number,
  ): void;
}

/**
 * uint8 to float32: `/ 255`, and `ink-dark` drawings inverted, so that ink is 1 and paper 0.
 * `pixels` is [examples, height, width, channels].
 */
export function createPixelGatherer(pixels: Uint8Array, layout: PixelLayout): PixelGatherer {
  const { width, height, channels, polarity } = layout;
  const imageSize = width * height * channels;
  const value = Float32Array.from({ length: 256 }, (_, p) => (polarity === 'ink-dark' ? 255 - p : p) / 255);
  const turned = [0, 1, 2, 3].map((turns) => sourcePixels(layout, turns));
  const unchanged = new Float32Array(imageSize); // written over by each image that changes
  const copyTurned = (example: number, quarterTurns: number, target: Float32Array, offset: number): void => {
    const source = turned[quarterTurns]!;
    const start = example * imageSize;
    for (let i = 0; i < imageSize; i++) target[offset + i] = value[pixels[start + source[i]!]!]!;
  };
  return {
    imageSize,
    copyImage: (example, quarterTurns, change, target, offset) => {
      if (change === null) return copyTurned(example, quarterTurns, target, offset);
      copyTurned(example, quarterTurns, unchanged, 0);
      changeImage(unchanged, layout, change, target, offset);
    },
  };
}

/** For each number of a turned image, where it stands in the stored one; empty where the turn does not fit. */
function sourcePixels({ width, height, channels }: PixelLayout, quarterTurns: number): Int32Array {
  if (quarterTurns % 2 === 1 && width !== height) return new Int32Array(0);
  const places = new Int32Array(width * height * channels);
  let i = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [y, x] = beforeTurns(row, column, height, width, quarterTurns);
      for (let channel = 0; channel < channels; channel++) places[i++] = (y * width + x) * channels + channel;
    }
  }
  return places;
}

function beforeTurns(
  row: number,
  column: number,
  height: number,
  width: number,
  quarterTurns: number,
): readonly [number, number] {
  switch (quarterTurns) {
    case 1:
      return [column, width - 1 - row];
    case 2:
      return [height - 1 - row, width - 1 - column];
    case 3:
      return [height - 1 - column, row];
    default:
      return [row, column];
  }
}
