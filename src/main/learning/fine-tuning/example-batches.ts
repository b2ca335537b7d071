import { createRandom } from '../../../shared/random/random.ts';
import type { AugmentationConfig } from '../../../shared/run-config/schema.ts';
import type { LabelledExample } from '../../../shared/tasks/example-subsets.ts';
import type { ExampleInputs } from './example-inputs.ts';

/** Sizes of the batches of every epoch: full ones, and what is left over as one that is smaller. */
export function batchSizes(examples: number, batch: number): readonly number[] {
  const full = Math.min(batch, examples);
  const left = examples % full;
  return left === 0 ? [full] : [full, left];
}

/** All examples in the order of an epoch (from 0), by the seed: its batches are parts of it, one after the other. */
export const epochOrder = <Example>(examples: readonly Example[], seed: number, epoch: number): readonly Example[] =>
  createRandom(seed, 'fine-tune-order')
    .stream(`epoch-${epoch}`)
    .shuffle([...examples]);

/** An order in which classes are mixed, always the same for a run's seed. */
export const mixed = <Example>(examples: readonly Example[], seed: number, name: string): readonly Example[] =>
  createRandom(seed, 'evaluation-order')
    .stream(name)
    .shuffle([...examples]);

/** Batches of equal size, at most `most`; the last is filled up with the first examples, which `counted` leaves out. */
export function equalBatches<Example>(
  examples: readonly Example[],
  most: number,
): readonly { readonly examples: readonly Example[]; readonly counted: number }[] {
  const batches = Math.ceil(examples.length / most);
  const size = equalSize(examples.length, most);
  return Array.from({ length: batches }, (_, index) => {
    const own = examples.slice(index * size, (index + 1) * size);
    return { examples: [...own, ...examples.slice(0, size - own.length)], counted: own.length };
  }).filter(({ counted }) => counted > 0);
}

export const equalSize = (examples: number, most: number): number => Math.ceil(examples / Math.ceil(examples / most));

/** Examples side by side, the rest zeros; changed as augmentation draws it for this step, or left as they are. */
export function batchOf(
  examples: readonly LabelledExample[],
  inputs: ExampleInputs,
  rows: number,
  change: { readonly augmentation: AugmentationConfig; readonly seed: number; readonly step: number } | null,
): Float32Array {
  const batch = new Float32Array(rows * inputs.size);
  const drawn = change && {
    augmentation: change.augmentation,
    random: createRandom(change.seed, 'augmentation').stream(`step-${change.step}`),
  };
  examples.forEach(({ example }, row) => {
    inputs.copy(example, drawn, batch, row * inputs.size);
  });
  return batch;
}

/** One-hot labels [rows, classes]. */
export function targetsOf(examples: readonly LabelledExample[], classes: number): Float32Array {
  const targets = new Float32Array(examples.length * classes);
  examples.forEach(({ label }, row) => {
    targets[row * classes + label] = 1;
  });
  return targets;
}

/** How much an example of each class counts: 1, or what makes classes count alike and their mean 1. */
export function labelWeights(
  examples: readonly LabelledExample[],
  classes: number,
  classWeights: 'off' | 'balanced',
): Float32Array {
  const weights = new Float32Array(classes).fill(1);
  if (classWeights === 'off') return weights;
  const counts = new Float32Array(classes);
  for (const { label } of examples) counts[label]!++;
  return weights.map((_, label) => (counts[label] ? examples.length / (classes * counts[label]) : 1));
}
