import { describe, expect, it } from 'vitest';
import { valueAtPath } from '../../../src/shared/run-config/fields.ts';
import { expandSweep, type SweepAxis, type SweepPoint } from '../../../src/shared/sweeps/sweep.ts';
import { sweepNames } from '../../../src/shared/sweeps/sweep-name.ts';

const sinusoid = { task: { kind: 'sinusoid' } };
const points = (base: Record<string, unknown>, axes: readonly SweepAxis[], seeds = 1): readonly SweepPoint[] => {
  const expanded = expandSweep(base, axes, seeds);
  if (!expanded.ok) throw new Error(expanded.errors.map(({ message }) => message).join(' '));
  return expanded.points;
};
const errors = (base: Record<string, unknown>, axes: readonly SweepAxis[], seeds = 1) => {
  const expanded = expandSweep(base, axes, seeds);
  return expanded.ok ? [] : expanded.errors;
};
const at = (found: readonly SweepPoint[], ...paths: string[]) =>
  found.map(({ config }) => paths.map((path) => valueAtPath(config, path)));

describe('a sweep', () => {
  it('is the product of its values, the last axis moving fastest', () => {
    const axes = [
      { path: 'task.shot', values: [1, 5] },
      { path: 'inner.rate', values: [0.1, 0.5] },
    ];
    expect(at(points(sinusoid, axes), 'task.shot', 'inner.rate')).toEqual([
      [1, 0.1],
      [1, 0.5],
      [5, 0.1],
      [5, 0.5],
    ]);
  });

  it('brings the fields of another kind along, with what its paper says, and keeps those of its own', () => {
    const base = { ...sinusoid, algorithm: { kind: 'reptile', perClass: 7 } };
    const found = points(base, [{ path: 'algorithm.kind', values: ['maml', 'reptile', 'meta-sgd'] }]);
    expect(found.map(({ config }) => config.algorithm)).toEqual([
      { kind: 'maml' },
      { kind: 'reptile', perClass: 7, trainShot: expect.any(Number) },
      { kind: 'meta-sgd', lowestRate: 0.005, highestRate: 0.1 },
    ]);
  });

  it('takes objects for a part of the config', () => {
    const found = points(sinusoid, [{ path: 'outer.clip', values: [{ kind: 'off' }, { kind: 'norm', limit: 1 }] }]);
    expect(found.map(({ config }) => config.outer.clip)).toEqual([{ kind: 'off' }, { kind: 'norm', limit: 1 }]);
  });

  it('leaves a field alone where a combination does not have it, so that equal configs are one', () => {
    const axes = [
      { path: 'outer.clip.limit', values: [1, 2] },
      { path: 'outer.clip.kind', values: ['off', 'norm'] },
    ];
    const found = points({ ...sinusoid, outer: { clip: { kind: 'norm', limit: 9 } } }, axes);
    expect(found.map(({ config }) => config.outer.clip)).toEqual([
      { kind: 'off' },
      { kind: 'norm', limit: 1 },
      { kind: 'norm', limit: 2 },
    ]);
    expect(found[0]?.values).toEqual([undefined, 'off']);
  });

  it('leaves a field alone that the algorithm of a combination ignores', () => {
    const task = { kind: 'binary-points' };
    const axes = [
      { path: 'algorithm.kind', values: ['maml', 'proto-net'] },
      { path: 'inner.rate', values: [0.1, 0.2] },
    ];
    expect(at(points({ task }, axes), 'algorithm.kind')).toEqual([['maml'], ['maml'], ['proto-net']]);
  });

  it('names each wrong value with its limits', () => {
    const found = errors(sinusoid, [{ path: 'inner.rate', values: [0, 0.1, 'fast'] }]);
    expect(found.map(({ message }) => message)).toEqual([
      'inner.rate is 0; allowed: a number above 0, at most 100.',
      'inner.rate is "fast"; allowed: a number above 0, at most 100.',
    ]);
  });

  it('names the combination in which another field is wrong', () => {
    const found = errors(sinusoid, [{ path: 'algorithm.kind', values: ['maml', 'pretrain'] }]);
    expect(found).toMatchObject([{ path: 'algorithm.kind', message: expect.stringMatching(/^Pretrain/) }]);
    const model = errors(sinusoid, [{ path: 'task.kind', values: ['sinusoid', 'image-classes'] }]);
    expect(model).toEqual([]);
    const conv = { ...sinusoid, model: { kind: 'conv4' } };
    const [error] = errors(conv, [{ path: 'task.shot', values: [1, 5] }]);
    expect(error).toMatchObject({ path: 'model.kind', message: expect.stringMatching(/^With task.shot 1: /) });
  });

  it('refuses fields that there are not, seeds, names, fields that change nothing, and the same field twice', () => {
    const one = (path: string) => errors(sinusoid, [{ path, values: [1] }])[0];
    expect(one('inner.rat')).toMatchObject({ message: 'A run has no field inner.rat.', nearest: 'inner.rate' });
    expect(one('seed')?.message).toContain('Seeds have a place of their own');
    expect(one('name')?.message).toBe('name cannot be swept.');
    expect(one('task.way')?.message).toBe('task.way makes no difference to these runs, so it cannot be swept.');
    const twice = { path: 'inner.rate', values: [0.1] };
    expect(errors(sinusoid, [twice, twice])[0]?.message).toContain('swept twice');
  });

  it('has a limit, and says how the number comes about', () => {
    const rates = { path: 'inner.rate', values: Array.from({ length: 60 }, (_, i) => (i + 1) / 100) };
    expect(errors(sinusoid, [rates], 10)[0]?.message).toBe(
      'This sweep makes 60 × 10 = 600 runs; one launch takes at most 500.',
    );
    expect(points(sinusoid, [rates], 8)).toHaveLength(60);
  });
});

describe('names of a sweep', () => {
  const names = (base: Record<string, unknown>, axes: readonly SweepAxis[]) => sweepNames(points(base, axes), axes);
  const rate = { path: 'inner.rate', values: [0.1, 0.5] };

  it('get the values that tell the runs apart, before the seed', () => {
    expect(names(sinusoid, [rate])).toEqual(['maml-sine-10p-rate0.1-s{seed}', 'maml-sine-10p-rate0.5-s{seed}']);
    expect(names({ ...sinusoid, name: 'try' }, [rate])).toEqual(['try-rate0.1', 'try-rate0.5']);
  });

  it('stay as they are where they tell the runs apart already', () => {
    expect(names(sinusoid, [{ path: 'task.shot', values: [1, 5] }])).toEqual(['', '']);
    expect(names({ ...sinusoid, name: 'r{inner.rate}' }, [rate])).toEqual(['r{inner.rate}', 'r{inner.rate}']);
  });

  it('tell axes of one name apart, and write objects in words', () => {
    const both = names(sinusoid, [rate, { path: 'outer.rate', values: [0.001, 0.01] }]);
    expect(both[0]).toBe('maml-sine-10p-inner-rate0.1-outer-rate0.001-s{seed}');
    const clip = { path: 'outer.clip', values: [{ kind: 'off' }, { kind: 'norm', limit: 1 }] };
    expect(names(sinusoid, [clip])).toEqual(['maml-sine-10p-clip-off-s{seed}', 'maml-sine-10p-clip-norm-1-s{seed}']);
  });

  it('stay within the limit of a name', () => {
    const long = names({ ...sinusoid, name: 'x'.repeat(120) }, [rate]);
    expect(long.every((name) => name.length <= 120)).toBe(true);
    expect(new Set(long).size).toBe(2);
  });
});
