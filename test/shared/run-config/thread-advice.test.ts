import { expect, test } from 'vitest';
import { completeRunConfig } from '../../../src/shared/run-config/complete.ts';
import { runConfigSchema } from '../../../src/shared/run-config/schema.ts';
import { adviseThreads } from '../../../src/shared/run-config/thread-advice.ts';

const config = (parts: Readonly<Record<string, unknown>>) => runConfigSchema.parse(completeRunConfig(parts));
const images = { kind: 'image-classes', dataset: 'glyphs' };

test('narrow dense layers get one thread, wide ones all cores', () => {
  const task = { kind: 'sinusoid' };
  expect(adviseThreads(config({ task, model: { kind: 'mlp', hidden: [40, 40] } }), 8)).toBe(1);
  expect(adviseThreads(config({ task, model: { kind: 'mlp', hidden: [40, 1000] } }), 8)).toBe(8);
});

test('convolutions share the cores among the tasks that run side by side', () => {
  const own = { task: images, model: { kind: 'conv4' }, outer: { metaBatch: 4 } };
  expect([2, 4, 16].map((cores) => adviseThreads(config(own), cores))).toEqual([1, 1, 4]);
  expect(adviseThreads(config({ ...own, outer: { metaBatch: 32 } }), 16)).toBe(4); // in shares of 4
  expect(adviseThreads(config({ ...own, engine: { mode: 'eager' } }), 16)).toBe(16);
});

test('a step of fine-tuning has all cores, since it has no tasks side by side', () => {
  const texts = { task: { kind: 'text-classes', dataset: 'texts' } };
  expect([1, 2, 16].map((cores) => adviseThreads(config(texts), cores))).toEqual([1, 2, 16]);
});
