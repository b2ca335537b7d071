import { describe, expect, it } from 'vitest';
import { algorithmFacts } from '../../../src/shared/run-config/algorithm-facts.ts';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { usesField } from '../../../src/shared/run-config/field-use.ts';
import { fields, fieldsOf } from '../../../src/shared/run-config/fields.ts';

const images = (algorithm: string, more: object = {}) => {
  const parsed = parseRunConfig({ task: { kind: 'image-classes' }, algorithm: { kind: algorithm }, ...more });
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join(' '));
  return parsed.config;
};
const shown = (algorithm: string, more?: object) => fieldsOf(images(algorithm, more)).map(({ path }) => path);

describe('a field', () => {
  it('of the inner loop counts for MAML, and not for ProtoNet, which has none', () => {
    const inner = ['inner.optimizer', 'inner.rate', 'inner.steps', 'inner.lossReduction'];
    expect(shown('maml')).toEqual(expect.arrayContaining(inner));
    expect(shown('proto-net').filter((path) => path.startsWith('inner.'))).toEqual([]);
    expect(shown('proto-net')).not.toContain('evaluation.testSteps');
  });

  it('that sets a rate does not count where rates are learned; the number of steps does', () => {
    expect(usesField(images('meta-sgd'), 'inner.rate')).toBe(false);
    expect(usesField(images('meta-sgd'), 'inner.steps')).toBe(true);
    expect(usesField(images('maml-plus-plus'), 'inner.rate')).toBe(true);
  });

  it('of AdamW counts with AdamW', () => {
    expect(shown('maml')).not.toContain('outer.weightDecay');
    expect(shown('maml', { outer: { optimizer: 'adamw' } })).toContain('outer.weightDecay');
  });

  it('counts in a draft without a known algorithm, and when only the beginning of its name is ignored', () => {
    expect(usesField({}, 'inner.rate')).toBe(true);
    expect(usesField({ algorithm: { kind: 'x' } }, 'inner.rate')).toBe(true);
    expect(usesField(images('pretrain'), 'inner.stepsizes')).toBe(true);
  });
});

it('lets algorithms ignore only fields that there are', () => {
  for (const { ignores } of Object.values(algorithmFacts)) {
    for (const ignored of ignores) {
      expect(fields.some(({ path }) => path === ignored || path.startsWith(`${ignored}.`))).toBe(true);
    }
  }
});
