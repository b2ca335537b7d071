import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileFunction, compileStep, type StepFunction } from '../../../src/main/learning/compile/compiled-step.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { compiled, compileWorkload, eager, losses, withXla } from './compiling.ts';
import { sinusoidMaml } from './training-steps.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

describe.each([
  ['eager', eager],
  ['compiled', compiled],
  ['compiled with XLA', withXla],
])('the state of a step, %s', (_, options) => {
  const workload = sinusoidMaml(3, 1);

  test('is at first the initial one, to the bit', () => {
    const step = compileWorkload(workload, options);
    expect(step.readState()).toEqual(workload.initialState());
    step.dispose();
  });

  test('comes back to the bit, and the losses after it too', () => {
    const step = compileWorkload(workload, options);
    losses(step, workload, 3);
    const saved = step.readState();
    const first = losses(step, workload, 5);

    step.writeState(saved);
    expect(step.readState()).toEqual(saved);
    expect(losses(step, workload, 5)).toEqual(first);

    const other = compileWorkload(workload, options);
    other.writeState(saved);
    expect(losses(other, workload, 5)).toEqual(first);
    step.dispose();
    other.dispose();
  });

  test('keeps values that floating-point comparison would lose: -0, NaN, infinities, subnormals', () => {
    const values = Float32Array.of(-0, Number.NaN, Number.POSITIVE_INFINITY, 1e-42);
    const state = [tf.tensor1d(values)];
    const step = compileStep(([held]) => ({ state: [held!], fetches: [] }), state, [], options);
    tf.dispose(state);
    expect(new Uint32Array((step.readState()[0] as Float32Array).buffer)).toEqual(new Uint32Array(values.buffer));
    expect(step.run([])).toEqual([]);
    step.dispose();
  });

  test('belongs to the step: arrays given to writeState or run may change afterwards', () => {
    const state = [tf.zeros([2])];
    const feed = [tf.zeros([2])];
    const step = compileStep((_state, [value]) => ({ state: [value!], fetches: [] }), state, feed, options);
    tf.dispose([...state, ...feed]);
    const written = Float32Array.of(1, 2);
    step.writeState([written]);
    written.fill(9);
    expect(step.readState()).toEqual([Float32Array.of(1, 2)]);

    const fed = Float32Array.of(3, 4);
    step.run([fed]);
    fed.fill(9);
    expect(step.readState()).toEqual([Float32Array.of(3, 4)]);
    step.dispose();
  });

  test('may swap its parts: every part is computed from the old state', () => {
    const state = [tf.scalar(1), tf.scalar(2)];
    const step = compileStep(([a, b]) => ({ state: [b!, a!], fetches: [tf.sub(b!, a!)] }), state, [], options);
    tf.dispose(state);
    expect([step.run([]), step.run([])]).toEqual([[Float32Array.of(1)], [Float32Array.of(-1)]]);
    expect(step.readState()).toEqual([Float32Array.of(1), Float32Array.of(2)]);
    step.dispose();
  });

  test('may start from one tensor used twice', () => {
    const zero = tf.scalar(0);
    const step = compileStep(([a, b]) => ({ state: [tf.add(a!, 1), b!], fetches: [] }), [zero, zero], [], options);
    zero.dispose();
    step.run([]);
    expect(step.readState()).toEqual([Float32Array.of(1), Float32Array.of(0)]);
    step.dispose();
  });

  test('holds whole numbers and truth values, and fetches them as float32', () => {
    const state = [tf.scalar(5, 'int32'), tf.tensor1d([1, 0], 'bool')];
    const feeds = [tf.tensor1d([0, 0], 'int32')];
    const step = compileStep(
      ([count, flags], [numbers]) => ({
        state: [tf.add(count!, tf.scalar(1, 'int32')), tf.logicalNot(flags!)],
        fetches: [flags!, tf.mul(numbers!, count!)],
      }),
      state,
      feeds,
      options,
    );
    tf.dispose([...state, ...feeds]);
    expect(step.facts.reason).toBeUndefined();
    expect(step.run([Int32Array.of(2, -3)])).toEqual([Float32Array.of(1, 0), Float32Array.of(10, -15)]);
    expect(step.readState()).toEqual([Int32Array.of(6), Uint8Array.of(0, 1)]);
    step.dispose();
  });

  test('is refused with a sentence when its size or kind is wrong', () => {
    const step = compileWorkload(workload, options);
    const state = step.readState();
    expect(() => step.writeState(state.slice(1))).toThrow('The step takes 19 state tensors, but 18 were given.');
    expect(() => step.writeState([new Float32Array(3), ...state.slice(1)])).toThrow(
      'The state tensor 0 must be a Float32Array of 40 values (shape [1,40]), not a Float32Array of 3.',
    );
    expect(() => step.run([new Int32Array(30), ...workload.feeds(0).slice(1)])).toThrow(
      'The feed tensor 0 must be a Float32Array of 30 values (shape [3,10,1]), not a Int32Array of 30.',
    );
    step.dispose();
  });

  test('cannot change its shape or kind', () => {
    const state = [tf.scalar(5, 'int32')];
    const compileAndRun = (step: StepFunction) => compileStep(step, state, [], options).run([]);
    expect(() => compileAndRun(([x]) => ({ state: [tf.add(x!, 1)], fetches: [] }))).toThrow(
      'The step returned float32 [] as part 0 of its state, which is int32 [].',
    );
    expect(() => compileAndRun(([x]) => ({ state: [tf.stack([x!, x!])], fetches: [] }))).toThrow(
      'The step returned int32 [2] as part 0 of its state, which is int32 [].',
    );
    expect(() => compileAndRun(() => ({ state: [], fetches: [] }))).toThrow(
      'The step returned 0 state tensors; it was given 1.',
    );
    tf.dispose(state);
  });

  test('is read by a function, which leaves it alone and takes another', () => {
    const state = [tf.scalar(3)];
    const feeds = [tf.zeros([2])];
    const scale = compileFunction(([factor], [x]) => [tf.mul(factor!, x!)], state, feeds, options);
    tf.dispose([...state, ...feeds]);
    expect(scale.run([Float32Array.of(1, 2)])).toEqual([Float32Array.of(3, 6)]);
    scale.writeState([Float32Array.of(-1)]);
    expect(scale.run([Float32Array.of(1, 2)])).toEqual([Float32Array.of(-1, -2)]);
    scale.dispose();
  });
});
