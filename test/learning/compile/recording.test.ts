import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { DataType } from '../../../src/main/learning/compile/graph-def.ts';
import { liveParts } from '../../../src/main/learning/compile/live-parts.ts';
import { nativeBackend } from '../../../src/main/learning/compile/native.ts';
import { record } from '../../../src/main/learning/compile/recorder.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { livingThings } from './compiling.ts';
import { sinusoidMaml } from './training-steps.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const vector = { shape: [3], dtype: DataType.float32 };

describe('a recording', () => {
  test('holds equal constants once, and equal operations on equal inputs once', () => {
    const recording = record(
      ([x]) => {
        const twice = tf.add(tf.mul(x!, tf.scalar(2)), tf.mul(x!, tf.scalar(2)));
        return { state: [tf.sub(twice, tf.tensor1d([2, 2, 2]))], fetches: [] };
      },
      [vector],
      [],
    );
    expect(recording.constants.map(({ values }) => [...values])).toEqual([[2], [2, 2, 2]]);
    expect(recording.operations.map(({ name }) => name)).toEqual(['Mul', 'Add', 'Sub']);
  });

  test('tells constants apart by type, shape, and the sign of zero', () => {
    const recording = record(
      ([x]) => {
        const constants = [tf.scalar(0), tf.scalar(-0), tf.scalar(0, 'int32'), tf.tensor1d([0]), tf.scalar(0)];
        return { state: [x!], fetches: constants };
      },
      [vector],
      [],
    );
    expect(recording.constants).toHaveLength(4);
    expect(recording.fetches[0]!.source).toEqual(recording.fetches[4]!.source);
  });

  test('keeps constants as they were, whatever becomes of the array', () => {
    const values = Float32Array.of(1, 2, 3);
    const recording = record(
      ([x]) => {
        const sum = tf.add(x!, tf.tensor1d(values));
        values.fill(0);
        return { state: [sum], fetches: [] };
      },
      [vector],
      [],
    );
    expect([...recording.constants[0]!.values]).toEqual([1, 2, 3]);
  });

  test('knows which operations its results need', () => {
    const recording = record(
      ([x]) => {
        tf.exp(tf.add(x!, 5));
        return { state: [tf.neg(x!)], fetches: [] };
      },
      [vector],
      [],
    );
    const live = liveParts(recording);
    expect(live.operations.map((index) => recording.operations[index]!.name)).toEqual(['Neg']);
    expect(live.constants).toEqual([]);
  });

  test('computes no step: each kind of operation runs once on stand-ins, however many the step has', () => {
    const workload = sinusoidMaml(25, 5);
    const specs = (shapes: readonly (readonly number[])[]) =>
      shapes.map((shape) => ({ shape, dtype: DataType.float32 }));
    const { binding } = nativeBackend();
    let executed = 0;
    const counting = Object.create(binding, {
      executeOp: {
        value: (...inputs: Parameters<typeof binding.executeOp>) => {
          executed += 1;
          return binding.executeOp(...inputs);
        },
      },
    });
    const before = livingThings();
    nativeBackend().binding = counting;
    const recording = record(workload.step, specs(workload.stateShapes), specs(workload.feedShapes));
    nativeBackend().binding = binding;

    expect(recording.operations.length).toBeGreaterThan(1000);
    expect(executed).toBeLessThan(recording.operations.length / 4);
    expect(livingThings()).toEqual(before);
  });

  test('finds shapes that depend on the values of constants', () => {
    const recording = record(
      ([x]) => ({
        state: [x!],
        fetches: [tf.tile(x!, [2]), tf.tile(x!, [3]), tf.reshape(x!, [3, 1]), tf.reshape(x!, [1, 3])],
      }),
      [vector],
      [],
    );
    expect(recording.fetches.map(({ shape }) => shape)).toEqual([[6], [9], [3, 1], [1, 3]]);
  });
});
