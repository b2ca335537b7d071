import { describe, expect, it } from 'vitest';
import { parseSweepValues, sweepText } from '../../../src/shared/sweeps/sweep-text.ts';

const values = (path: string, text: string) => {
  const parsed = parseSweepValues(path, text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.values;
};
const message = (path: string, text: string) => {
  const parsed = parseSweepValues(path, text);
  return parsed.ok ? 'fine' : parsed.error.message;
};

describe('values of a sweep as typed', () => {
  it('reads numbers as the form does, with commas between them', () => {
    expect(values('inner.rate', '0.05, 1e-1,.5')).toEqual([0.05, 0.1, 0.5]);
    expect(values('outer.iterations', '2k; 60k')).toEqual([2000, 60_000]);
    expect(values('task.shot', '5,')).toEqual([5]);
  });

  it('reads even and logarithmic ranges; ends are as typed, and whole numbers stand once', () => {
    expect(values('inner.rate', 'log 1e-4..1e-1 x 4')).toEqual([0.0001, 0.001, 0.01, 0.1]);
    expect(values('inner.rate', 'log 0.01..0.1 × 3')).toEqual([0.01, 0.03162, 0.1]);
    expect(values('inner.rate', 'LIN 0.1..0.4 x 4')).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(values('task.shot', 'lin 1..3 x 5')).toEqual([1, 2, 3]);
  });

  it('reads words, lists with semicolons, and JSON', () => {
    expect(values('outer.optimizer', 'adam, sgd')).toEqual(['adam', 'sgd']);
    expect(values('model.hidden', '40, 40; 80')).toEqual([[40, 40], [80]]);
    expect(values('model.hidden', '[[40, 40], [80]]')).toEqual([[40, 40], [80]]);
    expect(values('outer.clip', '[{"kind":"off"},{"kind":"norm","limit":1}]')).toEqual([
      { kind: 'off' },
      { kind: 'norm', limit: 1 },
    ]);
    expect(values('outer.clip', '{"kind":"off"},{"kind":"norm","limit":1}')).toHaveLength(2);
  });

  it('leaves what is no number for the schema to name', () => {
    expect(values('inner.rate', '0.1, fast')).toEqual([0.1, 'fast']);
  });

  it('says what is wrong with the text itself', () => {
    expect(message('inner.rate', ' ')).toBe(
      'inner.rate is empty; allowed: numbers such as 0.05, 0.1, 0.5, or log 1e-4..1e-1 x 5, or lin 0..1 x 5.',
    );
    expect(message('inner.rate', 'log 0..1 x 3')).toContain('logarithms need numbers above 0');
    expect(message('inner.rate', 'log 1..2 x 1')).toContain('inner.rate is "log 1..2 x 1"');
    expect(message('inner.rate', '0.1,,0.2')).toContain('with an empty value');
    expect(message('inner.rate', '0.1, 1e-1')).toBe('0.1 stands twice; each value makes runs of its own.');
    expect(message('outer.clip', '[{"kind"')).toContain('not a JSON array');
    expect(message('inner.rate', Array.from({ length: 101 }, (_, i) => i).join())).toContain('101 values');
  });

  it('writes values so that they read the same again', () => {
    for (const [path, text] of [
      ['inner.rate', '0.05, 0.1'],
      ['model.hidden', '40, 40; 80'],
      ['outer.clip', '[{"kind":"off"},{"kind":"norm","limit":1}]'],
    ] as const) {
      expect(sweepText(path, values(path, text))).toBe(text);
    }
  });
});
