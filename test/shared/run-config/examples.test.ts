import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { episodeAlgorithms } from '../../../src/shared/run-config/algorithm-facts.ts';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';

const folder = join(import.meta.dirname, '../../../resources/examples');
const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

/** Of the table of all algorithms, in alphabetical order. */
const rows = [
  'anil',
  'boil',
  'fomaml',
  'from-scratch',
  'imaml',
  'maml',
  'maml-plus-plus',
  'meta-sgd',
  'pretrain-cosine',
  'pretrain-linear',
  'proto-net',
  'reptile',
];

describe('example configs', () => {
  it('are the quick-starts, the settings of the paper, and the rows of the tables', () => {
    expect(names.sort()).toEqual([
      ...rows.map((row) => `few-shot-${row}`),
      'fine-tune-omniglot-maml',
      'fine-tune-omniglot-scratch',
      'fine-tune-sounds',
      'fine-tune-table',
      'fine-tune-texts',
      'glyphs-quick-start',
      'maml-glyphs-augmented-5w1s',
      'maml-glyphs-one-against-rest-5shot',
      'maml-half-planes-5shot',
      'maml-harmonic-20shot',
      'maml-moons-5shot',
      'maml-omniglot-5w1s',
      'maml-omniglot-small-5w1s',
      'maml-sinusoid-10shot',
      'maml-sinusoid-or-line-10shot',
      'sinusoid-frequencies-maml',
      'sinusoid-frequencies-meta-sgd',
      'sinusoid-quick-start',
    ]);
  });

  it.each(names)('%s is a whole, valid config: nothing in it is filled in from a preset', (name) => {
    expect(parseRunConfig(read(name))).toEqual({ ok: true, config: read(name) });
  });

  it('are the presets of the same name', () => {
    expect(read('sinusoid-quick-start')).toEqual(presetById('quick-sinusoid').config);
    expect(read('glyphs-quick-start')).toEqual(presetById('quick-glyphs').config);
    expect(read('fine-tune-texts')).toEqual(presetById('quick-texts').config);
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

  it('fine-tune on the same few images from scratch and from MAML, on the network of the tables', () => {
    const [scratch, maml] = ['scratch', 'maml'].map((start) => read(`fine-tune-omniglot-${start}`));
    expect(scratch.algorithm.start).toBe('scratch');
    expect({ ...maml, algorithm: { ...maml.algorithm, start: 'scratch' }, name: '', note: '' }).toEqual({
      ...scratch,
      name: '',
      note: '',
    });
    expect(scratch.model).toEqual(read('few-shot-maml').model);
  });

  it('put every algorithm through one protocol: the rows differ in the method alone', () => {
    const protocols = rows.map((row) => {
      const { task, model, evaluation, seed } = read(`few-shot-${row}`);
      return { task, model, seed, evaluation: { ...evaluation, testSteps: null } };
    });
    for (const protocol of protocols) expect(protocol).toEqual(protocols[0]);
    expect(new Set(rows.map((row) => JSON.stringify(read(`few-shot-${row}`).algorithm))).size).toBe(rows.length);
    const fewShot = episodeAlgorithms;
    expect(new Set(rows.map((row) => read(`few-shot-${row}`).algorithm.kind))).toEqual(new Set(fewShot));
  });

  it('test learned rates at the number of steps that they were learned for', () => {
    for (const name of ['few-shot-meta-sgd', 'few-shot-maml-plus-plus', 'sinusoid-frequencies-meta-sgd']) {
      const { inner, evaluation } = read(name);
      expect(evaluation.testSteps).toBe(inner.steps);
    }
  });
});
