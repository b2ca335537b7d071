import { existsSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileStep, type GraphFolder } from '../../../src/main/learning/compile/compiled-step.ts';
import { loadTensorFlow } from '../../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../../src/main/trainer/graph-folder.ts';
import { compiled, compileWorkload, eager, livingThings, losses, withXla } from './compiling.ts';
import { sinusoidMaml } from './training-steps.ts';

beforeAll(async () => {
  await loadTensorFlow();
});

describe.each([
  ['eager', eager],
  ['compiled', compiled],
  ['compiled with XLA', withXla],
])('%s', (_, options) => {
  const workload = sinusoidMaml(2, 1);

  test('leaves nothing behind after its life', () => {
    const before = livingThings();
    const step = compileWorkload(workload, { ...options, stepsPerCall: 2 });
    losses(step, workload, 3);
    step.runSeveral(workload.feeds(0).map((values) => Float32Array.of(...values, ...values)));
    step.writeState(step.readState());
    step.dispose();
    expect(livingThings()).toEqual(before);
  });

  test('does not grow while it runs', () => {
    const step = compileWorkload(workload, options);
    losses(step, workload, 2);
    const before = livingThings();
    losses(step, workload, 20);
    step.readState();
    expect(livingThings()).toEqual(before);
    step.dispose();
  });

  test('leaves nothing behind when a run fails, and can go on', () => {
    const table = [tf.tensor1d([1, 2, 3])];
    const index = [tf.tensor1d([0], 'int32')];
    const step = compileStep(([t], [i]) => ({ state: [t!], fetches: [tf.gather(t!, i!)] }), table, index, options);
    tf.dispose([...table, ...index]);
    if (step.facts.compiler === 'xla') return step.dispose(); // XLA clamps indices instead of failing
    step.run([Int32Array.of(1)]);
    const before = livingThings();
    expect(() => step.run([Int32Array.of(7)])).toThrow(/7 is not in \[0, /);
    expect(livingThings()).toEqual(before);
    expect(step.run([Int32Array.of(2)])).toEqual([Float32Array.of(3)]);
    step.dispose();
  });
});

test('the folder of a graph is gone once it is loaded', () => {
  const folders: GraphFolder[] = [];
  const writeGraph = (savedModel: Uint8Array) => {
    const folder = writeGraphFolder(savedModel);
    expect(existsSync(folder.path)).toBe(true);
    folders.push(folder);
    return folder;
  };
  compileWorkload(sinusoidMaml(2, 1), { mode: 'compiled', writeGraph }).dispose();
  expect(folders.map(({ path }) => existsSync(path))).toEqual([false]);
});
