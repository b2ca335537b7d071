import { createMetaLearner, type MetaLearner } from '../../src/main/learning/meta-learner.ts';
import type { ImageTaskSource, TaskSource } from '../../src/main/learning/tasks/task-source.ts';
import { writeGraphFolder } from '../../src/main/trainer/graph-folder.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { completeFromTask, isRecord } from '../../src/shared/run-config/complete.ts';
import { type MetaRunConfig, runConfigSchema } from '../../src/shared/run-config/schema.ts';
import type { Split } from '../../src/shared/runs/run.ts';

/** Small learners that train in seconds. */

type Parts = Readonly<Record<string, unknown>>;

const small = {
  evaluation: { every: 0, finalSplit: 'none' },
  checkpoints: { every: 0 },
  engine: { xla: 'off' }, // it compiles for a second or more, which only the tests of XLA itself should pay
};

export const sinusoidConfig = (parts: Parts = {}): MetaRunConfig =>
  configOf(
    {
      ...small,
      task: { kind: 'sinusoid', shot: 5, query: 5 },
      model: { kind: 'mlp', hidden: [12, 12] },
      outer: { metaBatch: 4, iterations: 60 },
    },
    parts,
  );

export const imageConfig = (parts: Parts = {}): MetaRunConfig =>
  configOf(
    {
      ...small,
      task: {
        kind: 'image-classes',
        dataset: 'blobs',
        way: 3,
        shot: 1,
        query: 2,
        rotations: 'off',
        augmentation: { kind: 'off' },
      },
      model: { kind: 'conv4', filters: 4, downsampling: 'stride', batchNorm: 'transductive' },
      inner: { rate: 0.1, steps: 1 },
      outer: { metaBatch: 2, iterations: 60 },
    },
    parts,
  );

/** `parts` over `base`, section by section; a section of another kind replaces the whole. */
function configOf(base: Parts, parts: Parts): MetaRunConfig {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, part] of Object.entries(parts)) {
    const below = merged[key];
    const joins = isRecord(below) && isRecord(part) && (part.kind ?? below.kind) === below.kind;
    merged[key] = joins ? { ...below, ...part } : part;
  }
  return runConfigSchema.parse(completeFromTask(merged)) as MetaRunConfig;
}

/** Classes that differ in where their ink lies; every example has noise of its own. */
export function blobs(classesPerSplit: number, size = 12, examples = 6): ImageTaskSource {
  const splits: Split[] = ['train', 'validation', 'test'];
  const random = createRandom(11, 'blobs');
  const count = classesPerSplit * splits.length;
  const pixels = new Uint8Array(count * examples * size * size);
  for (let index = 0; index < count; index++) {
    const bright = Array.from({ length: size * size }, () => random.uniform() < 0.3);
    for (let i = 0; i < examples * size * size; i++) {
      pixels[index * examples * size * size + i] = (bright[i % (size * size)] ? 20 : 220) + random.integer(35);
    }
  }
  return {
    kind: 'image-classes',
    layout: { width: size, height: size, channels: 1, polarity: 'ink-dark' },
    pixels,
    classes: Array.from({ length: count }, (_, index) => ({
      index,
      name: `class ${index}`,
      group: '',
      firstExample: index * examples,
      examples,
      split: splits[index % splits.length]!,
    })),
  };
}

export const learnerOf = (config: MetaRunConfig, source: TaskSource = { kind: 'sinusoid' }): MetaLearner =>
  createMetaLearner({ config, source, writeGraph: writeGraphFolder });

/** Losses of the iterations up to `until`. */
export function trainUntil(learner: MetaLearner, until: number): number[] {
  const losses: number[] = [];
  while (learner.iteration < until) losses.push(...learner.trainCall().map(({ loss }) => loss));
  return losses;
}
