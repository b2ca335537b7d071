import { describe, expect, it } from 'vitest';
import { withValue } from '../../../src/shared/run-config/fields.ts';
import { configDifferences, groupKeyOf, stableJson } from '../../../src/shared/run-config/grouping.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const config = presetById('finn-sinusoid').config;

describe('the group of a run', () => {
  it('is the same for another seed, name, note or tags', () => {
    const other = { ...config, seed: 9, name: 'other', note: 'why', tags: ['x'] };
    expect(groupKeyOf(other)).toBe(groupKeyOf(config));
  });

  it('is another for any other field', () => {
    for (const [path, value] of [
      ['inner.rate', 0.02],
      ['device', 'cpu'],
      ['engine.xla', 'off'],
      ['evaluation.episodeSeed', 2],
      ['model.hidden', [40, 41]],
    ] as const) {
      expect(groupKeyOf(withValue(config, path, value))).not.toBe(groupKeyOf(config));
    }
  });

  it('does not depend on the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(config).reverse()) as typeof config;
    expect(groupKeyOf(reversed)).toBe(groupKeyOf(config));
    expect(stableJson({ b: [1, { d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[1,{"c":2,"d":1}]}');
  });
});

describe('differences between configs', () => {
  it('name the leaf fields, with undefined where a config has none', () => {
    const clipped = { ...config, outer: { ...config.outer, clip: { kind: 'norm', limit: 5 } as const } };
    expect(configDifferences([config, withValue(clipped, 'inner.rate', 0.1)])).toEqual([
      { path: 'inner.rate', values: [0.01, 0.1] },
      { path: 'outer.clip.kind', values: ['off', 'norm'] },
      { path: 'outer.clip.limit', values: [undefined, 5] },
    ]);
  });

  it('are none for equal configs, lists compared by content', () => {
    expect(configDifferences([config, { ...config, tags: [...config.tags] }])).toEqual([]);
  });
});
