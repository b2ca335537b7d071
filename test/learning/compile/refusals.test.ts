import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileStep, type StepFunction } from '../../../src/main/learning/compile/compiled-step.ts';
import { RecordingRefused } from '../../../src/main/learning/compile/refusal.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { compiled, livingThings } from './compiling.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

function compileOne(step: (x: tf.Tensor) => tf.Tensor) {
  const state = [tf.tensor1d([1, 2, 3])];
  const whole: StepFunction = ([x]) => ({ state: [step(x!)], fetches: [] });
  try {
    return compileStep(whole, state, [], compiled);
  } finally {
    tf.dispose(state);
  }
}

/** A step is synchronous: it can start a read, but never sees its result. */
function unawaited(_read: Promise<unknown>, result: tf.Tensor): tf.Tensor {
  return result;
}

describe('a recording refuses what it would freeze, names it and its place', () => {
  test.each<[string, (x: tf.Tensor) => tf.Tensor, RegExp]>([
    ['dataSync', (x) => tf.mul(x, x.dataSync()[0]!), /A tensor of shape \[3\] was read on the host while/],
    ['arraySync', (x) => tf.mul(x, (x.arraySync() as number[])[0]!), /shape \[3\] was read on the host/],
    ['bufferSync', (x) => tf.mul(x, x.bufferSync().get(0)), /shape \[3\] was read on the host/],
    ['data', (x) => unawaited(x.data(), x), /shape \[3\] was read on the host/],
    ['array', (x) => unawaited(x.array(), x), /shape \[3\] was read on the host/],
    ['a value computed meanwhile', (x) => tf.mul(x, tf.sum(x).dataSync()[0]!), /shape \[\] was read on the host/],
    ['randomNormal', (x) => tf.add(x, tf.randomNormal([3])), /tf\.randomNormal drew random numbers in JavaScript/],
    ['randomUniform', (x) => tf.add(x, tf.randomUniform([3])), /tf\.randomUniform drew/],
    ['truncatedNormal', (x) => tf.add(x, tf.truncatedNormal([3])), /tf\.truncatedNormal drew/],
    ['randomGamma', (x) => tf.add(x, tf.randomGamma([3], 1)), /tf\.randomGamma drew/],
    ['dropout', (x) => tf.dropout(x, 0.5), /tf\.dropout drew random numbers/],
    ['multinomial', (x) => tf.add(x, tf.multinomial(x as tf.Tensor1D, 3)), /tf\.multinomial drew/],
  ])('%s', (_, step, message) => {
    const before = livingThings();
    expect(() => compileOne(step)).toThrow(message);
    expect(() => compileOne(step)).toThrow(RecordingRefused);
    expect(() => compileOne(step)).toThrow(/refusals\.test\.ts:\d+:\d+/);
    expect(livingThings()).toEqual(before);
  });

  test('a tensor from outside, native or not yet, computed with or returned', () => {
    const fresh = tf.tensor1d([1, 1, 1]);
    const native = tf.add(fresh, 1);
    const untouched = tf.tensor1d([5, 5, 5]);
    const message = /made outside the step was (used|returned)/;
    expect(() => compileOne((x) => tf.add(x, fresh))).toThrow(message);
    expect(() => compileOne((x) => tf.add(x, native))).toThrow(message);
    expect(() => compileOne((x) => tf.add(x, untouched))).toThrow(message);
    expect(() => compileOne(() => native)).toThrow(message);
    expect([...fresh.dataSync(), ...native.dataSync()]).toEqual([1, 1, 1, 2, 2, 2]); // tfjs is itself again
    tf.dispose([fresh, native, untouched]);
  });

  test('but reads of constants pass: they are the same in every step', () => {
    const step = compileOne((x) => tf.mul(x, tf.scalar(3).dataSync()[0]!));
    step.run([]);
    expect(step.readState()).toEqual([Float32Array.of(3, 6, 9)]);
    step.dispose();
  });

  test('an error of the step itself comes through as it is, and nothing is left behind', () => {
    const before = livingThings();
    const failing = (x: tf.Tensor) => {
      const gradient = tf.grad((y: tf.Tensor) => {
        tf.keep(tf.exp(y));
        throw new Error('the step broke');
      });
      return gradient(tf.square(x));
    };
    expect(() => compileOne(failing)).toThrow('the step broke');
    expect(() => compileOne((x) => tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D))).toThrow(/In\[0\]/);
    expect(livingThings()).toEqual(before);
  });
});

describe('what no graph can say runs eagerly, with the reason', () => {
  test('a result whose shape depends on values', () => {
    const state = [tf.tensor1d([3, 1, 3])];
    const step = compileStep(([x]) => ({ state: [x!], fetches: [tf.sum(tf.unique(x!).values)] }), state, [], compiled);
    tf.dispose(state);
    expect(step.facts.mode).toBe('eager');
    expect(step.facts.reason).toMatch(/^The step runs eagerly: the shape of Unique\w*'s result depends on values\.$/);
    expect(step.run([])).toEqual([Float32Array.of(4)]);
    step.dispose();
  });

  test('an operation that cannot be tried out on stand-ins', () => {
    const state = [tf.scalar(7, 'int32'), tf.scalar(2, 'int32')];
    const step = compileStep(([a, b]) => ({ state: [a!, b!], fetches: [tf.floorDiv(a!, b!)] }), state, [], compiled);
    tf.dispose(state);
    expect(step.facts).toMatchObject({
      mode: 'eager',
      reason: 'The step runs eagerly: FloorDiv takes no stand-ins for whole numbers.',
    });
    expect(step.run([])).toEqual([Float32Array.of(3)]);
    step.dispose();
  });

  test("an operation that XLA does not know is left to TensorFlow's kernels", () => {
    const state = [tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1])];
    const dilate: StepFunction = ([image, filter]) => ({
      state: [image!, filter!],
      fetches: [tf.dilation2d(image as tf.Tensor4D, filter as tf.Tensor3D, 1, 'valid')],
    });
    const step = compileStep(dilate, state, [], { ...compiled, compiler: 'xla' });
    tf.dispose(state);
    expect(step.facts).toMatchObject({ mode: 'compiled', compiler: 'tensorflow' });
    expect(step.facts.reason).toMatch(/^XLA refused the step: .*Dilation2D.*\.$/);
    expect(step.run([])).toEqual([Float32Array.of(2, 2, 2, 2)]);
    step.dispose();
  });
});
