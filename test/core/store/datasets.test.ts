import { describe, expect, it } from 'vitest';
import type { NewImageDataset, NewTextDataset } from '../../../src/main/core/datasets/dataset-store.ts';
import { datasetStore } from '../../../src/main/core/store/datasets.ts';
import type { DatasetClass } from '../../../src/shared/datasets/dataset.ts';
import { lengthHistogram } from '../../../src/shared/datasets/length-histogram.ts';
import type { TableFacts } from '../../../src/shared/datasets/table.ts';
import { configWith, storedRun, temporaryStore } from './store-for-test.ts';

const classes: readonly DatasetClass[] = [
  { index: 0, name: 'A/1', group: 'A', firstExample: 0, examples: 20, split: 'train' },
  { index: 1, name: 'A/2', group: 'A', firstExample: 20, examples: 18, split: 'test' },
  { index: 2, name: 'B/1', group: 'B', firstExample: 38, examples: 20, split: 'train' },
];
const dataset: NewImageDataset = {
  kind: 'image-classes',
  id: 'omni',
  name: 'Omniglot small1',
  origin: 'imported',
  source: 'a.zip',
  sha256: 'ab',
  bytes: 100,
  layout: { width: 28, height: 28, channels: 1, polarity: 'ink-dark' },
  classes,
  createdAt: 5,
};

const texts: NewTextDataset = {
  kind: 'text-classes',
  layout: null,
  id: 'mails',
  name: 'Mails',
  origin: 'imported',
  source: 'mails.csv, CSV',
  sha256: 'cd',
  bytes: 50,
  createdAt: 6,
  text: {
    labels: ['ham', 'spam'],
    labelMode: 'single',
    columns: { text: 'text', pair: null, label: 'label', split: null },
    lengths: { characters: lengthHistogram([3, 4]), words: lengthHistogram([1, 1]) },
    duplicates: 1,
    contradictions: 0,
  },
  version: {
    facts: { sha256: 'ef', labelCounts: [], shared: 0, origin: 'drawn' },
    splits: {
      train: { classes: 2, examples: 8 },
      validation: { classes: 1, examples: 1 },
      test: { classes: 1, examples: 1 },
      unused: { classes: 0, examples: 0 },
    },
  },
};

describe('a dataset of texts', () => {
  it('comes back with its labels, its facts and the facts of every version', () => {
    const store = datasetStore(temporaryStore());
    store.insertDataset(texts);
    expect(store.getDataset('mails')).toMatchObject({
      kind: 'text-classes',
      layout: null,
      classes: 2,
      examples: 10,
      version: 1,
      text: texts.text,
      splits: texts.version.splits,
    });
    expect(store.getTextVersion('mails', 1)).toEqual(texts.version.facts);
    const second = { ...texts.version, facts: { ...texts.version.facts, sha256: 'gh' } };
    expect(store.addTextVersion('mails', second, 9)).toBe(2);
    expect(store.getTextVersion('mails', 1)?.sha256).toBe('ef');
    expect(store.getTextVersion('mails', 2)?.sha256).toBe('gh');
    expect(store.getTextVersion('mails', 3)).toBeNull();
  });
});

describe('a dataset of rows', () => {
  it('comes back with its columns', () => {
    const store = datasetStore(temporaryStore());
    const { text: _, ...facts } = texts;
    const table = {
      labels: ['a', 'b', 'c'],
      labelColumn: 'y',
      splitColumn: null,
      columns: [
        { kind: 'number', name: 'x', least: -1, mean: 0.5, most: 2, missing: 1 },
        { kind: 'category', name: 'city', categories: ['Bern', 'Rome'], missing: 0 },
      ],
      ignored: [{ name: 'id', reason: 'as chosen' }],
      duplicates: 0,
      contradictions: 0,
      encoding: { chosen: 'auto', unit: 'line', counts: [] },
    } satisfies TableFacts;
    store.insertDataset({ ...facts, kind: 'table-classes', table });
    expect(store.getDataset('mails')).toMatchObject({
      kind: 'table-classes',
      layout: null,
      classes: 3,
      examples: 10,
      table,
    });
    expect(store.getDataset('mails')).not.toHaveProperty('text');
    expect(store.getTextVersion('mails', 1)).toEqual(texts.version.facts);
  });
});

describe('the datasets of the store', () => {
  it('come back whole, with the counts of their newest splits', () => {
    const store = datasetStore(temporaryStore());
    store.insertDataset(dataset);
    const stored = store.getDataset('omni');
    expect(stored).toMatchObject({
      ...dataset,
      classes: 3,
      examples: 58,
      version: 1,
      state: 'ready',
      verifiedAt: null,
    });
    expect(stored?.splits).toEqual({
      train: { classes: 2, examples: 40 },
      validation: { classes: 0, examples: 0 },
      test: { classes: 1, examples: 18 },
      unused: { classes: 0, examples: 0 },
    });
    expect(store.getDataset('Omniglot small1')).toEqual(stored);
    expect(store.getDataset('omniglot small1')).toBeNull();
    expect(store.getDatasetClasses('omni', 1)).toEqual(classes);
    expect(store.getDatasetClasses('omni', 2)).toBeNull();
  });

  it('keep every version of the splits', () => {
    const store = datasetStore(temporaryStore());
    store.insertDataset(dataset);
    const moved = classes.map((member) => ({ ...member, split: 'validation' as const }));
    expect(store.addDatasetVersion('omni', moved, 9)).toBe(2);
    expect(store.getDatasetClasses('omni', 1)).toEqual(classes);
    expect(store.getDatasetClasses('omni', 2)).toEqual(moved);
    expect(store.listDatasets()).toHaveLength(1);
    expect(store.getDataset('omni')).toMatchObject({
      version: 2,
      splits: { validation: { classes: 3, examples: 58 } },
    });
    expect(() => store.addDatasetVersion('nothing', moved, 9)).toThrow(/no dataset nothing/);
  });

  it('have different names', () => {
    const store = datasetStore(temporaryStore());
    store.insertDataset(dataset);
    store.insertDataset({ ...dataset, id: 'other', name: 'Other' });
    expect(() => store.insertDataset({ ...dataset, id: 'third' })).toThrow(/named Omniglot small1 already/);
    expect(store.getDataset('third')).toBeNull();
    expect(() => store.renameDataset('other', 'Omniglot small1')).toThrow(/already/);
    store.renameDataset('other', 'Mine');
    expect(store.getDataset('Mine')?.id).toBe('other');
    expect(() => store.renameDataset('nothing', 'x')).toThrow(/no dataset/);
  });

  it('remember what a check found, and go with all their versions', () => {
    const db = temporaryStore();
    const store = datasetStore(db);
    store.insertDataset(dataset);
    store.setDatasetState('omni', 'ready', 70);
    store.setDatasetState('omni', 'changed-on-disk', null);
    expect(store.getDataset('omni')).toMatchObject({ state: 'changed-on-disk', verifiedAt: 70 });
    store.removeDataset('omni');
    expect(store.listDatasets()).toEqual([]);
    expect(db.handle.prepare('SELECT count(*) FROM dataset_classes').pluck().get()).toBe(0);
  });

  it('know how many runs use them', () => {
    const db = temporaryStore();
    const store = datasetStore(db);
    storedRun(db, 'a');
    storedRun(db, 'b', {
      config: configWith({ task: { kind: 'image-classes', dataset: 'omni' } }),
      dataset: { id: 'omni', name: 'x', version: 1, digest: '' },
    });
    expect([store.countRunsUsing('omni'), store.countRunsUsing('sinusoid'), store.countRunsUsing('x')]).toEqual([
      1, 1, 0,
    ]);
  });
});
