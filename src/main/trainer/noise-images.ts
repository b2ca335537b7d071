import type { NoiseImages } from '../../shared/bench/workloads.ts';
import { createRandom } from '../../shared/random/random.ts';
import { isMeta, type RunConfig } from '../../shared/run-config/schema.ts';
import { trainingTask } from '../../shared/run-config/training-task.ts';
import type { ImageTaskSource } from '../learning/tasks/task-source.ts';

interface NoiseCounts {
  readonly classes: number;
  /** In each class. */
  readonly examples: number;
  /** How many of the classes, the last ones, are for validation; none unless said. */
  readonly validationClasses?: number;
}

/** Enough for 5-way episodes with 15 queries. */
const usual: NoiseCounts = { classes: 10, examples: 20 };

/** How many classes, and examples in each, the training tasks of a config ask for. */
export function noiseFor(config: RunConfig): NoiseCounts {
  if (!isMeta(config)) return usual;
  const { shot, query, way } = { way: 0, ...trainingTask(config) };
  return { classes: Math.max(usual.classes, way), examples: Math.max(usual.examples, shot + query) };
}

/** Classes of random pixels; the same at every call. */
export function noiseImages({ size, channels }: NoiseImages, counts = usual): ImageTaskSource {
  const { classes, examples, validationClasses = 0 } = counts;
  const random = createRandom(1, 'noise');
  const length = classes * examples * size * size * channels;
  return {
    kind: 'image-classes',
    layout: { width: size, height: size, channels, polarity: 'photo' },
    pixels: Uint8Array.from({ length }, () => random.integer(256)),
    classes: Array.from({ length: classes }, (_, index) => ({
      index,
      name: `class ${index}`,
      group: '',
      firstExample: index * examples,
      examples,
      split: index < classes - validationClasses ? 'train' : 'validation',
    })),
  };
}
