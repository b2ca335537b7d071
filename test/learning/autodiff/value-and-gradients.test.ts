import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { stopGradient } from '../../../src/main/learning/autodiff/stop-gradient.ts';
import { valueAndGradients } from '../../../src/main/learning/autodiff/value-and-gradients.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

describe('stopGradient', () => {
  it('makes a constant of a tensor', () => {
    const gradient = tf.grad((x: tf.Tensor) => tf.mul(x, stopGradient(x)))(tf.scalar(3));
    expect(gradient.dataSync()[0]).toBe(3); // and not 6
  });

  it('leaves the original usable when the copy is disposed, and the other way round', () => {
    const original = tf.tensor1d([1, 2]);
    const copy = stopGradient(original);
    original.dispose();
    expect([...copy.dataSync()]).toEqual([1, 2]);
    const second = stopGradient(copy);
    second.dispose();
    expect([...copy.dataSync()]).toEqual([1, 2]);
  });
});

describe('valueAndGradients', () => {
  it('lets measurements out beside the gradient and leaves nothing behind', () => {
    const x = tf.tensor1d([1, 2, 3]);
    const before = tf.memory().numTensors;
    const seen = tf.tidy(() => {
      const { value, gradients, measured } = valueAndGradients(
        ([at]) => {
          const squares = tf.square(at!);
          return { value: tf.sum(squares), measured: [squares] };
        },
        [x],
      );
      return [value, gradients[0]!, measured[0]!].map((tensor) => [...tensor.dataSync()]);
    });
    expect(seen).toEqual([[14], [2, 4, 6], [1, 4, 9]]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('does not differentiate through what was measured', () => {
    const outer = tf.grad((x: tf.Tensor) => {
      const { measured, gradients } = valueAndGradients(
        ([at]) => ({ value: tf.square(at!), measured: [tf.square(at!)] }),
        [x],
      );
      return tf.add(gradients[0]!, measured[0]!); // d/dx 2x = 2; the measured x^2 is a constant
    });
    expect(outer(tf.scalar(5)).dataSync()[0]).toBe(2);
  });

  it('gives the measurements back when the function throws', () => {
    const x = tf.scalar(1);
    const kept = tf.memory().numTensors;
    const unconnected = () => {
      tf.tidy(() => [...valueAndGradients(([at]) => ({ value: tf.scalar(1), measured: [at!] }), [x]).gradients]);
    };
    expect(unconnected).toThrow(/gradient/);
    expect(tf.memory().numTensors).toBe(kept);
  });
});
