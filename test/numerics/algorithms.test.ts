import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSecondOrderGradients } from '../../src/main/learning/autodiff/second-order-gradients.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { episodeAlgorithms } from '../../src/shared/run-config/algorithm-facts.ts';
import { type AlgorithmFixture, compareMetaGradient, readFixture } from './fixture.ts';

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

const kinds = episodeAlgorithms.filter((kind) => kind !== 'maml' && kind !== 'fomaml'); // meta-gradient.test.ts

const innerOptimizers = ['inner-momentum', 'inner-adam']; // of MAML

describe.each([...kinds, ...innerOptimizers])('what %s hands to the outer optimiser, against JAX', (kind) => {
  const cases = readFixture<AlgorithmFixture[]>(`algorithms/${kind}`);
  for (const [number, { base, algorithm, expected, innerRate, ...moment }] of cases.entries()) {
    const network = { ...readFixture(base), innerRate };
    const batchings = network.model.kind === 'mlp' ? (['looped', 'batched'] as const) : (['looped'] as const);
    for (const own of expected) {
      const fixture = { ...network, parameters: own.parameters ?? network.parameters };
      it.each(batchings)(`case ${number + 1}: ${base}, ${own.innerSteps} inner steps, %s`, (batching) => {
        const before = tf.memory().numTensors;
        const { gradientError, lossError } = compareMetaGradient(fixture, algorithm, own, batching, moment);
        expect(lossError).toBeLessThan(1e-5);
        expect(gradientError).toBeLessThan(1e-4);
        expect(tf.memory().numTensors).toBe(before);
      });
    }
  }
});
