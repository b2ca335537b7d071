import type { LabelMode } from '../../../shared/datasets/text.ts';

/** Softmax over labels, or a sigmoid for each; logits and result [n, labels]. */
export function probabilitiesOf(logits: Float32Array, labels: number, mode: LabelMode): Float32Array {
  if (mode === 'multi') return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const result = new Float32Array(logits.length);
  for (let first = 0; first < logits.length; first += labels) {
    const row = logits.subarray(first, first + labels);
    const largest = Math.max(...row);
    const powers = Array.from(row, (logit) => Math.exp(logit - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    powers.forEach((power, label) => {
      result[first + label] = power / sum;
    });
  }
  return result;
}

const LEAST = 1e-38; // a probability below float32's smallest is no reason for an infinite loss

/** Cross-entropy of one example, or the mean binary cross-entropy of its labels; nats. */
export function lossOf(probabilities: Float32Array, labels: readonly number[], mode: LabelMode): number {
  if (mode === 'single') return -Math.log(Math.max(LEAST, probabilities[labels[0]!]!));
  const terms = Array.from(probabilities, (p, label) => Math.log(Math.max(LEAST, labels.includes(label) ? p : 1 - p)));
  return -terms.reduce((sum, term) => sum + term, 0) / terms.length;
}

/** Whether the most probable label is the example's, or all of several labels are on the right side of one half. */
export function isRight(probabilities: Float32Array, labels: readonly number[], mode: LabelMode): boolean {
  if (mode === 'single') return probabilities.indexOf(Math.max(...probabilities)) === labels[0];
  return probabilities.every((p, label) => p > 0.5 === labels.includes(label));
}
