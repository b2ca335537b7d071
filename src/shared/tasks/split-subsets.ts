import { splitCodes } from '../datasets/text.ts';
import { createRandom } from '../random/random.ts';
import type { LabelledExample } from './example-subsets.ts';

/** Labelled examples of a dataset that is split by example, as a run uses them. */
export interface SplitSubsets {
  readonly train: readonly LabelledExample[];
  readonly validation: readonly LabelledExample[];
  readonly test: readonly LabelledExample[];
}

/**
 * Validation and test are the dataset's splits, whole; of its train split `perClass` examples of each class are drawn by
 * the seed (0: all). A smaller `perClass` is the beginning of a larger one, so runs of one seed are paired. `labels`: a
 * position in the label list for each example; `codes`: its split, a position in `splitCodes`.
 * Throws a plain sentence where a class that is trained on has fewer.
 */
export function drawSplitSubsets(
  labels: ArrayLike<number>,
  codes: ArrayLike<number>,
  { perClass }: { readonly perClass: number },
  seed: number,
): SplitSubsets {
  const parts: Record<(typeof splitCodes)[number], LabelledExample[]> = {
    ...{ train: [], validation: [], test: [], unused: [] },
  };
  for (let example = 0; example < labels.length; example++) {
    parts[splitCodes[codes[example]!] ?? 'unused'].push({ example, label: labels[example]! });
  }
  const { train, validation, test } = parts;
  return { train: perClass === 0 ? train : drawn(train, perClass, seed), validation, test };
}

function drawn(train: readonly LabelledExample[], perClass: number, seed: number): readonly LabelledExample[] {
  const random = createRandom(seed, 'split-subsets');
  const classes = new Map<number, LabelledExample[]>();
  for (const one of train) {
    const own = classes.get(one.label);
    if (own) own.push(one);
    else classes.set(one.label, [one]);
  }
  return [...classes.keys()]
    .sort((a, b) => a - b)
    .flatMap((label) => {
      const own = classes.get(label)!;
      if (own.length < perClass) {
        throw new Error(
          `Class number ${label + 1} has ${own.length} training examples, and task.perClass is ${perClass}.`,
        );
      }
      const order = random.stream(`class-${label}`).sample(own.length, own.length);
      return order.slice(0, perClass).map((place) => own[place]!);
    });
}
