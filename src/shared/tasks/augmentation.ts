import type { Random } from '../random/random.ts';
import type { AugmentationConfig } from '../run-config/schema.ts';

/** How one image of a training task is changed, about its middle: mirrored, then turned, then moved. */
export interface ImageChange {
  readonly mirrored: 'yes' | 'no';
  /** Counter-clockwise. */
  readonly degrees: number;
  /** Whole pixels to the right and downwards. */
  readonly right: number;
  readonly down: number;
}

/** Draws the change of the next image; null, without a draw, where augmentation is off. */
export function drawImageChange(random: Random, augmentation: AugmentationConfig): ImageChange | null {
  if (augmentation.kind === 'off') return null;
  const { shift, flip, degrees } = augmentation;
  const pixels = (): number => random.integer(2 * shift + 1) - shift;
  return {
    right: pixels(),
    down: pixels(),
    mirrored: flip === 'on' && random.integer(2) === 1 ? 'yes' : 'no',
    degrees: random.uniformBetween(-degrees, degrees),
  };
}

interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Numbers of an image, [height, width, channels]. */
type ImageNumbers = Float32Array | Uint8Array | Uint8ClampedArray;

/**
 * Writes the changed image at `offset` of `target`: each pixel is read bilinearly from where it came from, and what
 * comes from outside is the nearest pixel of the edge. Allocates nothing.
 */
export function changeImage(
  image: ImageNumbers,
  { width, height, channels }: ImageSize,
  change: ImageChange,
  target: ImageNumbers,
  offset: number,
): void {
  const angle = (change.degrees / 180) * Math.PI;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const mirror = change.mirrored === 'yes' ? -1 : 1;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  let place = offset;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = column - middleX - change.right;
      const y = row - middleY - change.down; // downwards, so the inverse of a counter-clockwise turn is:
      const fromX = within(middleX + mirror * (x * cosine - y * sine), width);
      const fromY = within(middleY + x * sine + y * cosine, height);
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [partX, partY] = [fromX - left, fromY - top];
      const upper = (top * width + left) * channels;
      const stepX = left + 1 < width ? channels : 0;
      const stepY = top + 1 < height ? width * channels : 0;
      for (let channel = 0; channel < channels; channel++) {
        const at = upper + channel;
        const above = image[at]! + partX * (image[at + stepX]! - image[at]!);
        const below = image[at + stepY]! + partX * (image[at + stepY + stepX]! - image[at + stepY]!);
        target[place++] = above + partY * (below - above);
      }
    }
  }
}

const within = (position: number, length: number): number => Math.min(length - 1, Math.max(0, position));
