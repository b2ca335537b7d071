import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StepFunction } from '../../../src/main/learning/compile/step.ts';
import { compileVariants } from '../../../src/main/learning/compile/step-variants.ts';
import { adamw } from '../../../src/main/learning/optimizers/adamw.ts';
import { inPlaceAdam } from '../../../src/main/learning/optimizers/in-place-adam.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../../src/main/trainer/graph-folder.ts';
import { livingThings } from '../compile/compiling.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

const [RATE, DECAY] = [0.01, 0.1] as const;
const shapes = [[5, 3], [3]];
const shrinks = (index: number) => index === 0;

/** Of a table of which a step touches two rows, and of a vector. */
const gradientsOf = ([table, shift]: readonly tf.Tensor[], rows: tf.Tensor): tf.Tensor[] => [
  tf.mul(tf.unsortedSegmentSum(tf.add(tf.gather(table!, rows), 1), rows as tf.Tensor1D, 5), 0.3),
  tf.sub(tf.mul(shift!, 2), 1),
];

/** State: the parameters, their first and second moments, the count of steps. */
const reference: StepFunction = (state, [rows, factor]) => {
  const parameters = state.slice(0, 2);
  const scalar = tf.reshape(factor!, []);
  const updated = adamw(RATE, DECAY, shrinks).update(
    parameters,
    gradientsOf(parameters, rows!),
    state.slice(2),
    scalar,
  );
  return { state: [...updated.parameters, ...updated.slots], fetches: [tf.sum(parameters[0]!)] };
};

const inPlace: StepFunction = (state, [rows, factor]) => {
  const step = tf.add(state[6]!, 1);
  const places = [0, 1].map((i) => ({ parameter: i, firstMoment: 2 + i, secondMoment: 4 + i }));
  const rate = tf.mul(tf.reshape(factor!, []), RATE);
  const changes = inPlaceAdam(places, gradientsOf(state, rows!), { rate, step, decay: DECAY, shrinks });
  return { state: [...state.slice(0, 6), step], fetches: [tf.sum(state[0]!)], inPlace: changes };
};

function run(step: StepFunction, mode: 'compiled' | 'eager', steps: number): Float32Array[] {
  const values = Float32Array.from({ length: 15 }, (_, i) => i / 7 - 1);
  const initial = [
    tf.tensor(values, [5, 3]),
    tf.tensor1d([0.5, 0.1, -0.3]),
    ...[...shapes, ...shapes].map((shape) => tf.zeros(shape)),
    tf.scalar(0),
  ];
  const feeds = [tf.zeros([2], 'int32'), tf.ones([1])];
  const compiled = compileVariants([{ step, exampleFeeds: feeds }], initial, { mode, writeGraph: writeGraphFolder });
  expect(compiled.facts.mode).toBe(mode);
  tf.dispose([...initial, ...feeds]);
  for (let i = 0; i < steps; i++) compiled.run(0, [Int32Array.of(i % 2, 3), Float32Array.of(1 - i / 40)]);
  const state = compiled.readState() as Float32Array[];
  expect(compiled.readState(4, 6)).toEqual(state.slice(4, 6));
  compiled.dispose();
  return state;
}

describe('Adam in the memory of its variables', () => {
  it('steps as AdamW does, rows without a gradient included', () => {
    const expected = run(reference, 'compiled', 30);
    for (const mode of ['compiled', 'eager'] as const) {
      run(inPlace, mode, 30).forEach((values, i) => {
        values.forEach((value, j) => {
          expect(Math.abs(value - expected[i]![j]!), `${mode}, tensor ${i}`).toBeLessThan(2e-6);
        });
      });
    }
  });

  it('adds epsilon to the corrected root, as the paper and PyTorch do: it tells where gradients are as small', () => {
    const gradient = 1e-8; // = epsilon: the first step is rate g / (|g| + epsilon), half the rate
    const step: StepFunction = (state, [factor]) => {
      const options = { rate: tf.mul(tf.reshape(factor!, []), RATE), step: tf.add(state[3]!, 1), decay: 0, shrinks };
      const inPlace = inPlaceAdam(
        [{ parameter: 0, firstMoment: 1, secondMoment: 2 }],
        [tf.fill([3], gradient)],
        options,
      );
      return { state: [...state.slice(0, 3), options.step], fetches: [tf.sum(state[0]!)], inPlace };
    };
    const initial = [tf.zeros([3]), tf.zeros([3]), tf.zeros([3]), tf.scalar(0)];
    for (const mode of ['compiled', 'eager'] as const) {
      const variant = { step, exampleFeeds: [tf.ones([1])] };
      const graph = compileVariants([variant], initial, { mode, writeGraph: writeGraphFolder });
      graph.run(0, [Float32Array.of(1)]);
      for (const value of graph.readState(0, 1)[0]!) expect(value / RATE).toBeCloseTo(-0.5, 4);
      graph.dispose();
      tf.dispose(variant.exampleFeeds);
    }
    tf.dispose(initial);
  });

  it('gives the same bits each time, and leaves nothing behind', () => {
    const before = livingThings();
    const bits = () => run(inPlace, 'compiled', 9).map((values) => [...new Uint32Array(values.slice().buffer)]);
    expect(bits()).toEqual(bits());
    expect(livingThings()).toEqual(before);
  });
});
