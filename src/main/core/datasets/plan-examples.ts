import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { AnySplitPlan } from '../../../shared/datasets/dataset.ts';
import { defaultTextSplitPlan, splitCodes, type TextSplitPlan } from '../../../shared/datasets/text.ts';
import {
  countLabels,
  countShared,
  countTextSplits,
  drawTextSplits,
  drawValidation,
  type PlannedTexts,
  refuseUnlearnable,
} from '../../../shared/datasets/text-splits.ts';
import { sha256OfBytes } from '../../files/digest.ts';
import type { NewTextVersion } from './dataset-store.ts';

export interface PlannedSplits {
  /** The content of `splits-v<version>.u8`. */
  readonly codes: Uint8Array<ArrayBuffer>;
  readonly version: NewTextVersion;
}

/** Plans of classes that examples can follow too: fractions are of examples then. Throws `invalid-request` for others. */
export function examplePlan(plan: AnySplitPlan | null, splitColumn: string | null): TextSplitPlan {
  if (plan === null) {
    if (splitColumn === null) return defaultTextSplitPlan;
    return { kind: 'given', column: splitColumn, validation: 0.1, seed: 1 };
  }
  if (plan.kind === 'stratified' || plan.kind === 'given') return plan;
  if (plan.kind === 'drawn') return { ...plan, kind: 'stratified' };
  throw new InnerloopError(
    'invalid-request',
    'Texts, rows and clips are split by example and not by class: give fractions, or a column with the splits.',
  );
}

/** The splits of imported examples by a plan. Throws `bad-file` where they are none to learn with. */
export function planExamples(
  plan: TextSplitPlan,
  texts: PlannedTexts,
  given: Uint8Array<ArrayBuffer>,
  splitColumn: string | null,
): PlannedSplits {
  if (plan.kind === 'stratified') return versionOf(texts, drawTextSplits(texts, plan), drawnWords(plan));
  const codes = given.slice();
  const words = `as given in ${splitColumn ?? plan.column}`;
  const lacksValidation = !codes.includes(splitCodes.indexOf('validation'));
  if (!lacksValidation || plan.validation === 0) return versionOf(texts, codes, words);
  drawValidation(codes, texts, plan.validation, plan.seed);
  return versionOf(
    texts,
    codes,
    `${words}; validation drawn from train, ${percent(plan.validation)}, seed ${plan.seed}`,
  );
}

const drawnWords = ({ train, validation, seed }: Extract<TextSplitPlan, { kind: 'stratified' }>): string => {
  const test = Math.max(0, 1 - train - validation);
  return `drawn by label, ${[train, validation, test].map((part) => Math.round(part * 100)).join(' / ')} %, seed ${seed}`;
};

const percent = (fraction: number): string => `${Math.round(fraction * 100)} %`;

function versionOf(texts: PlannedTexts, codes: Uint8Array<ArrayBuffer>, origin: string): PlannedSplits {
  const labelCounts = countLabels(texts, codes);
  const splits = countTextSplits(labelCounts, codes);
  refuseUnlearnable(labelCounts, splits);
  const facts = { sha256: sha256OfBytes(codes), labelCounts, shared: countShared(texts, codes), origin };
  return { codes, version: { facts, splits } };
}
