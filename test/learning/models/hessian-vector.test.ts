import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSecondOrderGradients } from '../../../src/main/learning/autodiff/second-order-gradients.ts';
import { crossEntropy, meanSquaredError } from '../../../src/main/learning/losses.ts';
import { createModel } from '../../../src/main/learning/models/create-model.ts';
import { ownBatch } from '../../../src/main/learning/models/model.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { gradientError, hessianVectorError, randomTensor } from '../differences.ts';
import { modelCases } from './cases.ts';

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

/** Whole networks, all parameters together; the meta-gradients against JAX (test/numerics) are sharper by far. */
describe.each(modelCases.filter(({ name }) => !name.includes('inductive')))('$name', ({ config, example }) => {
  it.each([
    ['cross-entropy', crossEntropy],
    ['squared error', meanSquaredError],
  ] as const)('has the right gradient and Hessian-vector product with %s', (_, loss) => {
    const model = createModel(config, example, 3);
    const errors = tf.tidy(() => {
      const inputs = randomTensor('inputs', [6, ...model.inputShape]);
      const targets = tf.tile(tf.eye(3), [2, 1]);
      const weights = model.parameters.map(({ name, shape, norm }) => startOf(name, shape, norm));
      const ofWeights = (...at: tf.Tensor[]) => loss(model.apply(at, inputs, ownBatch).predictions, targets);
      const step = 1e-3; // larger ones change which number of a window is the largest
      return [gradientError(ofWeights, weights, step), hessianVectorError(ofWeights, weights, step)];
    });
    expect(errors[0]).toBeLessThan(0.02);
    expect(errors[1]).toBeLessThan(0.05);
  });
});

/** Batch-norm shifts keep every ReLU away from its kink, where differences say nothing: most on, some off. */
function startOf(name: string, shape: readonly number[], norm: 'scale' | 'shift' | undefined): tf.Tensor {
  if (norm === 'scale') return tf.ones([...shape]);
  if (norm === 'shift') return tf.tensor1d(Array.from({ length: shape[0]! }, (_, i) => (i % 3 === 2 ? -5 : 5)));
  return randomTensor(name, [...shape], 0.1, 0.5);
}
