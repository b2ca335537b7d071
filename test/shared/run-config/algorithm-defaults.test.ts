import { describe, expect, it } from 'vitest';
import { presetWithAlgorithm } from '../../../src/shared/run-config/algorithm-defaults.ts';
import { episodeAlgorithms } from '../../../src/shared/run-config/algorithm-facts.ts';
import { completeFromTask, parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { sourceOf, valueAtPath } from '../../../src/shared/run-config/fields.ts';
import { flatten } from '../../../src/shared/run-config/grouping.ts';
import { presetById, presets } from '../../../src/shared/run-config/presets.ts';
import { isMeta } from '../../../src/shared/run-config/schema.ts';

const omniglot = presetById('finn-omniglot-5w1s');
const configOf = (input: unknown) => {
  const parsed = parseRunConfig(input);
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join(' '));
  return parsed.config;
};
const images = (kind: string, more: object = {}) =>
  configOf({ task: { kind: 'image-classes' }, algorithm: { kind }, ...more });
const episodic = presets.filter(({ config }) => isMeta(config));
const fewShot = episodeAlgorithms;

describe('a partial config', () => {
  it('is completed with what the paper of its algorithm says', () => {
    expect(images('reptile')).toMatchObject({
      algorithm: { perClass: 2, trainShot: 10 },
      inner: { optimizer: 'adam', rate: 0.001, steps: 5 },
      outer: { optimizer: 'sgd', rate: 1, schedule: { kind: 'linear', finalRate: 0 }, metaBatch: 5 },
      evaluation: { testSteps: 50 },
    });
    expect(images('proto-net').algorithm).toEqual({ kind: 'proto-net', trainWay: 60, trainQuery: 5 });
    expect(images('maml-plus-plus').outer.schedule).toEqual({ kind: 'cosine', finalRate: 0.00001 });
    expect(configOf({ algorithm: { kind: 'meta-sgd' } }).outer).toMatchObject({ metaBatch: 4, iterations: 60_000 });
  });

  it('keeps what it says itself', () => {
    const own = images('reptile', { inner: { rate: 0.5 }, outer: { schedule: { kind: 'constant' } } });
    expect(own).toMatchObject({
      inner: { optimizer: 'adam', rate: 0.5 },
      outer: { optimizer: 'sgd', schedule: { kind: 'constant' } },
    });
  });

  it('of MAML, FOMAML and ANIL takes the values of Finn 2017', () => {
    for (const kind of ['maml', 'fomaml', 'anil']) {
      expect({ ...images(kind), algorithm: null }).toEqual({ ...omniglot.config, algorithm: null });
    }
  });
});

it('leaves the meaning of stored configs alone: what they lack comes from the task', () => {
  const { inner, outer, ...stored } = images('reptile');
  const { optimizer: _, ...older } = { ...inner, rate: 0.2 };
  expect(completeFromTask({ ...stored, inner: older, outer })).toMatchObject({
    inner: { optimizer: 'sgd', rate: 0.2 },
  });
});

describe('a preset with another algorithm', () => {
  it.each(fewShot)('%s cites a source for each value that it changes, and is valid', (kind) => {
    for (const preset of episodic) {
      if (preset.config.task.kind !== 'image-classes' && (kind === 'proto-net' || kind === 'pretrain')) continue;
      const changed = presetWithAlgorithm(preset, kind);
      expect(parseRunConfig(changed.config)).toEqual({ ok: true, config: changed.config });
      for (const [path, value] of flatten(changed.config)) {
        if (path.startsWith('algorithm.') || value === valueAtPath(preset.config, path)) continue;
        expect(sourceOf(changed.config, path, changed), path).toMatchObject({ differs: 'no' });
        if (changed.sources[path] !== 'Innerloop') expect(changed.sources[path], path).not.toBe(preset.sources[path]);
      }
    }
  });

  it('is the preset itself for its own algorithm', () => {
    for (const preset of presets) expect(presetWithAlgorithm(preset, preset.config.algorithm.kind)).toBe(preset);
  });

  it('keeps the length of a quick-start, and takes that of the paper elsewhere', () => {
    expect(presetWithAlgorithm(presetById('quick-glyphs'), 'reptile').config.outer.iterations).toBe(1000);
    expect(presetWithAlgorithm(omniglot, 'reptile').config.outer.iterations).toBe(100_000);
  });
});
