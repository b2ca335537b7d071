import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const folder = join(import.meta.dirname, '../../../resources/examples');
const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

describe('example configs', () => {
  it('are the quick-starts and the settings of the paper', () => {
    expect(names.sort()).toEqual([
      'glyphs-quick-start',
      'maml-omniglot-5w1s',
      'maml-omniglot-small-5w1s',
      'maml-sinusoid-10shot',
      'sinusoid-quick-start',
    ]);
  });

  it.each(names)('%s is a whole, valid config: nothing in it is filled in from a preset', (name) => {
    expect(parseRunConfig(read(name))).toEqual({ ok: true, config: read(name) });
  });

  it('are the presets of the same name', () => {
    expect(read('sinusoid-quick-start')).toEqual(presetById('quick-sinusoid').config);
    expect(read('glyphs-quick-start')).toEqual(presetById('quick-glyphs').config);
    expect({ ...read('maml-sinusoid-10shot'), name: '' }).toEqual(presetById('finn-sinusoid').config);
    const omniglot = presetById('finn-omniglot-5w1s').config;
    const expected = { ...omniglot, task: { ...omniglot.task, dataset: 'omniglot' } };
    expect({ ...read('maml-omniglot-5w1s'), name: '' }).toEqual(expected);
  });

  it('give the reference setting of the small Omniglot sets', () => {
    expect(read('maml-omniglot-small-5w1s')).toMatchObject({
      task: { way: 5, shot: 1, query: 15, rotations: 'on' },
      inner: { rate: 0.4, steps: 1, lossReduction: 'mean' },
      outer: { metaBatch: 16, iterations: 1200 },
    });
  });
});
