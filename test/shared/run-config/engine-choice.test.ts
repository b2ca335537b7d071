import { describe, expect, it } from 'vitest';
import { engineCandidates, engineKeyOf, withEngineChoice } from '../../../src/shared/run-config/engine-choice.ts';
import { imageConfig, sinusoidConfig } from '../../learning/learners.ts';

const open = { mode: 'auto', xla: 'auto', taskBatching: 'auto', stepsPerCall: 0 };
const dense = (engine: Readonly<Record<string, unknown>> = {}) => sinusoidConfig({ engine: { ...open, ...engine } });
const convolutional = (engine: Readonly<Record<string, unknown>> = {}) =>
  imageConfig({ engine: { ...open, ...engine } });

describe('ways to measure', () => {
  it('are XLA on and off, several iterations a call and looped tasks for a dense network', () => {
    const candidates = engineCandidates(dense());
    expect(candidates).toHaveLength(7);
    expect(new Set(candidates.map(({ stepsPerCall }) => stepsPerCall))).toEqual(new Set([1, 8, 32]));
    expect(candidates).toContainEqual({ xla: 'off', taskBatching: 'looped', stepsPerCall: 1 });
  });

  it('are XLA on and off for convolutions', () => {
    expect(engineCandidates(convolutional()).map(({ xla }) => xla)).toEqual(['off', 'on']);
  });

  it('never contradict the config, and are none where it leaves nothing open', () => {
    expect(engineCandidates(dense({ xla: 'on' })).every(({ xla }) => xla === 'on')).toBe(true);
    expect(engineCandidates(convolutional({ xla: 'off' }))).toEqual([]);
    expect(engineCandidates(dense({ mode: 'eager' }))).toEqual([]);
  });
});

describe('a choice', () => {
  const choice = { xla: 'on', taskBatching: 'batched', stepsPerCall: 32 } as const;

  it('fills in what the config leaves open, and nothing else', () => {
    expect(withEngineChoice(dense({ xla: 'off' }), choice).engine).toEqual({ ...open, ...choice, xla: 'off' });
    const eager = dense({ mode: 'eager' });
    expect(withEngineChoice(eager, choice)).toBe(eager);
    expect(withEngineChoice(eager, null)).toBe(eager);
  });

  it('is for steps of the same shapes, whatever the rates, the seed and the evaluation', () => {
    const key = engineKeyOf(dense());
    const other = { ...dense(), seed: 7, inner: { ...dense().inner, rate: 0.5 } };
    expect(engineKeyOf({ ...other, evaluation: { ...other.evaluation, every: 10 } })).toBe(key);
    expect(engineKeyOf({ ...other, inner: { ...other.inner, steps: 5 } })).not.toBe(key);
    expect(engineKeyOf({ ...other, outer: { ...other.outer, metaBatch: 25 } })).not.toBe(key);
  });
});
