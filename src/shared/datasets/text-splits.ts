import { InnerloopError } from '../contract/errors.ts';
import { createRandom } from '../random/random.ts';
import type { DatasetSummary } from './dataset.ts';
import { type LabelCounts, splitCodes } from './text.ts';

/** What a plan needs to know of the examples; entry i of each list is of example i. */
export interface PlannedTexts {
  /** Positions in the label list. */
  readonly labels: readonly (readonly number[])[];
  readonly labelNames: readonly string[];
  /** The first example with the same text (and pair): itself where it is the first. */
  readonly firstEqual: ArrayLike<number>;
}

export interface DrawnFractions {
  readonly train: number;
  readonly validation: number;
  readonly seed: number;
}

/** A group of equal texts: it is in one split as a whole. */
type Unit = readonly number[];

const [train, validation, test, unused] = [0, 1, 2, 3] as const; // positions in `splitCodes`

/**
 * A split code for each example, drawn by seed so that every split has its share of every label to within one unit, and
 * of all examples. Equal texts stay together. A label with a single text goes to train: it could not be learned otherwise.
 * An example of several labels counts for the rarest of them (the idea of Sechidis, Tsoumakas and Vlahavas 2011).
 */
export function drawTextSplits(texts: PlannedTexts, fractions: DrawnFractions): Uint8Array<ArrayBuffer> {
  const rest = 1 - fractions.train - fractions.validation;
  if (rest < -1e-9) {
    throw new InnerloopError(
      'invalid-request',
      `The splits add up to more than all examples: train ${fractions.train} and validation ${fractions.validation}; together at most 1.`,
    );
  }
  const codes = new Uint8Array(texts.labels.length);
  const shares = [fractions.train, fractions.validation, Math.max(0, rest)];
  draw(allExamples(texts), texts, shares, fractions.seed, (example, share) => {
    codes[example] = share;
  });
  return codes;
}

/** Moves a fraction of the training examples into validation; used where given splits have none. Changes `codes`. */
export function drawValidation(
  codes: Uint8Array<ArrayBuffer>,
  texts: PlannedTexts,
  fraction: number,
  seed: number,
): void {
  const examples = allExamples(texts).filter((example) => codes[example] === train);
  draw(examples, texts, [1 - fraction, fraction], seed, (example, share) => {
    codes[example] = share === 0 ? train : validation;
  });
}

const allExamples = ({ labels }: PlannedTexts): number[] => labels.map((_, example) => example);

/** Puts every unit of the examples into one of the shares (fractions that add up to 1). */
function draw(
  examples: readonly number[],
  texts: PlannedTexts,
  shares: readonly number[],
  seed: number,
  put: (example: number, share: number) => void,
): void {
  const random = createRandom(seed, 'splits/example');
  const owed = shares.map(() => 0); // what each share is short of, carried from label to label
  for (const units of strata(examples, texts)) {
    const size = units.reduce((sum, unit) => sum + unit.length, 0);
    shares.forEach((fraction, share) => {
      owed[share]! += fraction * size;
    });
    random.shuffle(units).forEach((unit, position) => {
      const first = position === 0 && shares[0]! > 0;
      const share = first ? 0 : owed.reduce((best, amount, each) => (amount > owed[best]! + 1e-9 ? each : best), 0);
      owed[share]! -= unit.length;
      for (const example of unit) put(example, share);
    });
  }
}

/** Units by their rarest label, rare labels first; units without labels last. */
function strata(examples: readonly number[], { labels, labelNames, firstEqual }: PlannedTexts): Unit[][] {
  const amounts = new Array<number>(labelNames.length).fill(0);
  const units = new Map<number, number[]>();
  for (const example of examples) {
    for (const label of labels[example]!) amounts[label]! += 1;
    const unit = units.get(firstEqual[example]!);
    if (unit) unit.push(example);
    else units.set(firstEqual[example]!, [example]);
  }
  const byLabel = new Map<number, Unit[]>();
  for (const unit of units.values()) {
    const rarest = labels[unit[0]!]!.reduce(
      (best, label) => (best < 0 || amounts[label]! < amounts[best]! ? label : best),
      -1,
    );
    const stratum = byLabel.get(rarest);
    if (stratum) stratum.push(unit);
    else byLabel.set(rarest, [unit]);
  }
  const amountOf = (label: number): number => (label < 0 ? Number.POSITIVE_INFINITY : amounts[label]!);
  return [...byLabel].sort(([a], [b]) => amountOf(a) - amountOf(b) || a - b).map(([, stratum]) => stratum);
}

/** Examples of each label in each split. */
export function countLabels({ labels, labelNames }: PlannedTexts, codes: Uint8Array): LabelCounts[] {
  const counts = labelNames.map((label) => ({ label, train: 0, validation: 0, test: 0, unused: 0 }));
  labels.forEach((ofExample, example) => {
    for (const label of ofExample) counts[label]![splitCodes[codes[example]!]!] += 1;
  });
  return counts;
}

/** Labels that occur and examples of each split. */
export function countTextSplits(labelCounts: readonly LabelCounts[], codes: Uint8Array): DatasetSummary['splits'] {
  const examples = [0, 0, 0, 0];
  for (const code of codes) examples[code]! += 1;
  const of = (code: 0 | 1 | 2 | 3) => ({
    classes: labelCounts.filter((counts) => counts[splitCodes[code]] > 0).length,
    examples: examples[code]!,
  });
  return { train: of(train), validation: of(validation), test: of(test), unused: of(unused) };
}

/** Different texts that stand in more than one of train, validation and test. */
export function countShared({ firstEqual }: PlannedTexts, codes: Uint8Array): number {
  const seen = new Map<number, number>(); // first equal example -> bits of its splits
  codes.forEach((code, example) => {
    const first = firstEqual[example]!;
    if (code !== unused) seen.set(first, (seen.get(first) ?? 0) | (1 << code));
  });
  return [...seen.values()].filter((bits) => (bits & (bits - 1)) !== 0).length;
}

/** Throws `bad-file` where the splits are none to learn with. */
export function refuseUnlearnable(labelCounts: readonly LabelCounts[], splits: DatasetSummary['splits']): void {
  const problem = unlearnableProblem(labelCounts, splits);
  if (problem !== null) throw new InnerloopError('bad-file', problem);
}

/** Why splits are none to learn with: no training examples, a label that test or validation has and train has not. */
export function unlearnableProblem(
  labelCounts: readonly LabelCounts[],
  splits: DatasetSummary['splits'],
): string | null {
  if (splits.train.examples === 0) {
    return 'The train split has no examples. Give it some, or let the splits be drawn.';
  }
  for (const split of ['test', 'validation'] as const) {
    const unseen = labelCounts.filter((counts) => counts[split] > 0 && counts.train === 0);
    const first = unseen[0];
    if (!first) continue;
    const more = unseen.length === 1 ? '' : `, and ${unseen.length - 1} more`;
    const examples = first[split] === 1 ? '1 example' : `${first[split]} examples`;
    return `The label "${first.label}" occurs in ${split} (${examples}) and never in train${more}: it cannot be learned. Correct the splits, leave these examples out, or let the splits be drawn.`;
  }
  return null;
}
