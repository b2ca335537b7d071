import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSecondOrderGradients } from '../../src/main/learning/autodiff/second-order-gradients.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { compareMetaGradient, fixtureNames, readFixture } from './fixture.ts';

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

describe.each(fixtureNames)('meta-gradient of %s against JAX', (name) => {
  const fixture = readFixture(name);
  const batchings = fixture.model.kind === 'mlp' ? (['looped', 'batched'] as const) : (['looped'] as const);

  for (const expected of fixture.expected) {
    for (const batching of batchings) {
      it(`${expected.order} order, ${expected.innerSteps} inner steps, ${batching}`, () => {
        const before = tf.memory().numTensors;
        const { gradientError, lossError } = compareMetaGradient(
          fixture,
          { kind: expected.order === 'second' ? 'maml' : 'fomaml' },
          expected,
          batching,
        );
        expect(lossError).toBeLessThan(1e-5);
        expect(gradientError).toBeLessThan(1e-4);
        expect(tf.memory().numTensors).toBe(before);
      });
    }
  }
});
