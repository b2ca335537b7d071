import { describe, expect, it } from 'vitest';
import { resolveRunName } from '../../../src/shared/run-config/naming.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const sinusoid = presetById('finn-sinusoid').config;
const omniglot = presetById('finn-omniglot-5w1s').config;

describe('the name of a run', () => {
  it('is made from the config when none is given', () => {
    expect(resolveRunName(sinusoid)).toBe('maml-sine-10p-s1');
    expect(resolveRunName({ ...omniglot, seed: 7 })).toBe('maml-glyphs-5w1s-s7');
    expect(resolveRunName(presetById('binary-points').config)).toBe('maml-moons-5s-s1');
    const mixed = { kind: 'sinusoid', variant: 'platipus-2018', shot: 5, query: 5 } as const;
    expect(resolveRunName({ ...sinusoid, task: mixed })).toBe('maml-sine-and-line-5p-s1');
  });

  it('fills braces with fields of the config and leaves unknown ones to be seen', () => {
    expect(resolveRunName({ ...sinusoid, name: 'lr{inner.rate}-{algorithm.kind}-s{seed}' })).toBe('lr0.01-maml-s1');
    expect(resolveRunName({ ...sinusoid, name: 'x-{inner.nothing}-{inner}' })).toBe('x-{inner.nothing}-{inner}');
  });

  it('turns a dataset name into a word', () => {
    const task = { ...omniglot.task, dataset: 'My Alphabets (v2)!' } as typeof omniglot.task;
    expect(resolveRunName({ ...omniglot, task })).toBe('maml-my-alphabets-v2--5w1s-s1');
  });

  it('stays within 120 characters', () => {
    expect(resolveRunName({ ...sinusoid, name: `${'long'.repeat(40)}-{seed}` })).toHaveLength(120);
  });
});
