import { describe, expect, it } from 'vitest';
import { chooseLayout } from '../../src/main/learning/choose-layout.ts';
import { createModel } from '../../src/main/learning/models/create-model.ts';
import type { MetaRunConfig } from '../../src/shared/run-config/schema.ts';
import { imageConfig, sinusoidConfig } from './learners.ts';

const shape = { supportExamples: 5, queryExamples: 75, exampleShape: [28, 28, 1], outputs: 5 };
const chosen = (config: MetaRunConfig, exampleShape = shape.exampleShape) =>
  chooseLayout(config, createModel(config.model, exampleShape, 5), { ...shape, exampleShape });
const conv4 = { kind: 'conv4', filters: 32, downsampling: 'max-pool', batchNorm: 'transductive' };

describe('dense networks', () => {
  it('are batched over tasks, small ones several iterations a call', () => {
    expect(chosen(sinusoidConfig(), [1])).toMatchObject({
      layout: { batching: 'batched', tasksPerStep: 4 },
      suits: 'several',
    });
    const wide = sinusoidConfig({ model: { kind: 'mlp', hidden: [400, 400] } });
    expect(chosen(wide, [1])).toMatchObject({ layout: { batching: 'batched' }, suits: 'one' });
  });

  it('are looped when they would not fit, or when the config says so', () => {
    const huge = sinusoidConfig({ model: { kind: 'mlp', hidden: [4096, 4096] } });
    expect(chosen(huge, [1]).layout.batching).toBe('looped');
    expect(chosen(sinusoidConfig({ engine: { taskBatching: 'looped' } }), [1]).layout.batching).toBe('looped');
  });
});

describe('tasks of one graph, looped', () => {
  const tasks = (parts: Record<string, unknown>, exampleShape?: number[]) =>
    chosen(imageConfig(parts), exampleShape).layout.tasksPerStep;

  it.each([
    [32, 4],
    [25, 1],
    [6, 3],
    [2, 2],
    [1, 1],
  ])('meta-batch %d: %d, a divisor', (metaBatch, expected) => {
    expect(tasks({ outer: { metaBatch } })).toBe(expected);
  });

  it('are fewer for many inner steps and for large images', () => {
    expect(tasks({ outer: { metaBatch: 8 }, inner: { rate: 0.1, steps: 20 } })).toBe(2);
    expect(tasks({ outer: { metaBatch: 8 }, inner: { rate: 0.1, steps: 100 } })).toBe(1);
    expect(tasks({ outer: { metaBatch: 4 }, model: conv4 }, [84, 84, 3])).toBe(1);
    expect(tasks({ outer: { metaBatch: 4 }, model: conv4 }, [28, 28, 1])).toBe(4);
  });
});

describe('a wish that cannot be followed', () => {
  it('is answered with a reason', () => {
    expect(chosen(imageConfig({ engine: { taskBatching: 'batched' } })).reason).toMatch(/one set of weights/);
    expect(chosen(imageConfig()).reason).toBeNull();
  });
});
