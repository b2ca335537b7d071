import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerSecondOrderGradients } from '../../../src/main/learning/autodiff/second-order-gradients.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { gradientError, hessianVectorError } from '../differences.ts';
import { gradientCases } from './cases.ts';

beforeAll(async () => {
  await loadTensorFlow();
  registerSecondOrderGradients();
});

describe.each(gradientCases)('$name', ({ f, inputs }) => {
  it('has the right gradient', () => {
    expect(tf.tidy(() => gradientError(f, inputs()))).toBeLessThan(2e-3);
  });

  it('has the right Hessian-vector product', () => {
    expect(tf.tidy(() => hessianVectorError(f, inputs()))).toBeLessThan(2e-3);
  });

  it('leaves no tensors behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => hessianVectorError(f, inputs()));
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('registration', () => {
  it('changes nothing when repeated', () => {
    const registered = tf.getGradient('Exp');
    registerSecondOrderGradients();
    expect(tf.getGradient('Exp')).toBe(registered);
  });
});

describe('max-pooling with overlapping windows', () => {
  it('is refused to second order, in plain words', () => {
    const f = (x: tf.Tensor) => tf.sum(tf.square(tf.maxPool(tf.square(x) as tf.Tensor4D, 3, 2, 'valid')));
    expect(() => tf.tidy(() => hessianVectorError((x) => f(x!), [tf.ones([1, 7, 7, 1])]))).toThrow(/do not overlap/);
  });
});

describe('equal maxima', () => {
  it('share the gradient', () => {
    const gradient = tf.tidy(() =>
      tf
        .grad((x: tf.Tensor) => tf.max(x))(tf.tensor1d([2, 1, 2]))
        .dataSync(),
    );
    expect([...gradient]).toEqual([0.5, 0, 0.5]);
  });
});
