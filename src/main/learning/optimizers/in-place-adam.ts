import * as tf from '@tensorflow/tfjs-core';
import type { InPlaceUpdate } from '../compile/step.ts';
import { adamConstants, biasCorrection } from './adam.ts';

/** Where in a state a parameter and its moments lie. */
export interface AdamPlaces {
  readonly parameter: number;
  readonly firstMoment: number;
  readonly secondMoment: number;
}

/**
 * The step of `adam`, or with decay of `adamw`, as changes in place: equal to theirs but for the order of rounding, since
 * epsilon stands beside the uncorrected root: m / (sqrt(v) c + eps) = (m / c) / (sqrt(v) + eps / c).
 *
 * Every row of every table is gone through, also those of words that no text of the batch holds: their gradient is zero,
 * but their moments fade and their weights go on by them and shrink. Leaving such rows out would be another optimiser
 * (LazyAdam), and doing it later, when a word comes up again, would need each row's own history of rates.
 */
export function inPlaceAdam(
  places: readonly AdamPlaces[],
  gradients: readonly tf.Tensor[],
  // `step` as it will be after this one; `shrinks` tells by its place in the list whether a parameter decays.
  {
    rate,
    step,
    decay,
    shrinks,
  }: {
    readonly rate: tf.Tensor;
    readonly step: tf.Tensor;
    readonly decay: number;
    readonly shrinks: (index: number) => boolean;
  },
): readonly InPlaceUpdate<tf.Tensor>[] {
  const { beta1, beta2, epsilon } = adamConstants;
  const root = tf.sqrt(biasCorrection(beta2, step)); // c
  const corrected = tf.div(tf.mul(rate, root), biasCorrection(beta1, step));
  const shared = { kind: 'adam', beta1, beta2, rate: corrected, epsilon: tf.mul(root, epsilon) } as const;
  const keep = decay === 0 ? null : tf.sub(1, tf.mul(rate, decay));
  return places.map((place, index) => ({
    ...shared,
    ...place,
    gradient: gradients[index]!,
    keep: shrinks(index) ? keep : null,
  }));
}
