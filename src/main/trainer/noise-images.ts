import type { NoiseImages } from '../../shared/bench/workloads.ts';
import { createRandom } from '../../shared/random/random.ts';
import type { ImageTaskSource } from '../learning/tasks/task-source.ts';

const classCount = 10;
const examplesPerClass = 20;

/** Classes of random pixels, enough for 5-way episodes with 15 queries; the same at every call. */
export function noiseImages({ size, channels }: NoiseImages): ImageTaskSource {
  const random = createRandom(1, 'noise');
  const length = classCount * examplesPerClass * size * size * channels;
  return {
    kind: 'image-classes',
    layout: { width: size, height: size, channels, polarity: 'photo' },
    pixels: Uint8Array.from({ length }, () => random.integer(256)),
    classes: Array.from({ length: classCount }, (_, index) => ({
      index,
      name: `class ${index}`,
      group: '',
      firstExample: index * examplesPerClass,
      examples: examplesPerClass,
      split: 'train',
    })),
  };
}
