/** Changes in place, as data and as plain operations. */

import * as tf from '@tensorflow/tfjs-core';
import type { InPlaceUpdate } from './step.ts';

/** The same change with other words for its tensors. */
export function mapUpdate<From, To>(update: InPlaceUpdate<From>, map: (value: From) => To): InPlaceUpdate<To> {
  if (update.kind === 'add') return { ...update, value: map(update.value) };
  const { gradient, keep, rate, epsilon } = update;
  return {
    ...update,
    gradient: map(gradient),
    keep: keep === null ? null : map(keep),
    rate: map(rate),
    epsilon: map(epsilon),
  };
}

/** All tensors that a change is made of, besides the state. */
export function valuesOf<Value>(update: InPlaceUpdate<Value>): Value[] {
  const values: Value[] = [];
  mapUpdate(update, (value) => values.push(value));
  return values;
}

/** The state after the changes, operation by operation, with the arithmetic of TensorFlow's own kernels. */
export function appliedEagerly(
  state: readonly tf.Tensor[],
  updates: readonly InPlaceUpdate<tf.Tensor>[],
): readonly tf.Tensor[] {
  const changed = [...state];
  for (const update of updates) {
    if (update.kind === 'add') {
      changed[update.state] = tf.add(changed[update.state]!, update.value);
      continue;
    }
    const { parameter, firstMoment, secondMoment, beta1, beta2, gradient, keep, rate, epsilon } = update;
    const towards = (moment: tf.Tensor, value: tf.Tensor, beta: number) =>
      tf.add(moment, tf.mul(tf.sub(value, moment), 1 - beta));
    const first = towards(changed[firstMoment]!, gradient, beta1);
    const second = towards(changed[secondMoment]!, tf.square(gradient), beta2);
    const kept = keep === null ? changed[parameter]! : tf.mul(changed[parameter]!, keep);
    changed[firstMoment] = first;
    changed[secondMoment] = second;
    changed[parameter] = tf.sub(kept, tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), epsilon)));
  }
  return changed;
}
