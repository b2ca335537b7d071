import type {
  DatasetStore,
  NewDataset,
  NewTextVersion,
  StoredDataset,
} from '../../../src/main/core/datasets/dataset-store.ts';
import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { DatasetClass } from '../../../src/shared/datasets/dataset.ts';
import { splitCounts } from '../../../src/shared/datasets/split-counts.ts';

interface Row {
  readonly dataset: NewDataset;
  readonly versions: (readonly DatasetClass[])[];
  readonly textVersions: NewTextVersion[];
  name: string;
  state: StoredDataset['state'];
  verifiedAt: number | null;
}

export interface MemoryStore extends DatasetStore {
  /** How many runs use a dataset, by its id. */
  readonly runs: Map<string, number>;
}

/** The store's verbs on plain values. */
export function memoryStore(): MemoryStore {
  const rows = new Map<string, Row>();
  const runs = new Map<string, number>();
  const find = (id: string): Row => {
    const row = rows.get(id);
    if (!row) throw new InnerloopError('not-found', `There is no dataset ${id}.`);
    return row;
  };
  const stored = (row: Row): StoredDataset => {
    const { name, state, verifiedAt, dataset } = row;
    const splits =
      dataset.kind === 'image-classes' ? splitCounts(row.versions.at(-1)!) : row.textVersions.at(-1)!.splits;
    const sum = (part: 'classes' | 'examples') =>
      Object.values(splits).reduce((total, counts) => total + counts[part], 0);
    const facts = { name, state, verifiedAt, splits, examples: sum('examples') };
    return dataset.kind === 'image-classes'
      ? { ...withoutClasses(dataset), ...facts, version: row.versions.length, classes: sum('classes') }
      : { ...dataset, ...facts, version: row.textVersions.length, classes: labelsOf(dataset).length };
  };
  const refuseTaken = (name: string): void => {
    if ([...rows.values()].some((row) => row.name === name)) throw new InnerloopError('in-use', `${name} is taken.`);
  };
  return {
    runs,
    listDatasets: () => [...rows.values()].map(stored),
    getDataset: (idOrName) => {
      const row = rows.get(idOrName) ?? [...rows.values()].find(({ name }) => name === idOrName);
      return row ? stored(row) : null;
    },
    getDatasetClasses: (id, version) => rows.get(id)?.versions[version - 1] ?? null,
    getTextVersion: (id, version) => rows.get(id)?.textVersions[version - 1]?.facts ?? null,
    insertDataset: (dataset) => {
      refuseTaken(dataset.name);
      const versions = dataset.kind === 'image-classes' ? [dataset.classes] : [];
      const textVersions = dataset.kind === 'image-classes' ? [] : [dataset.version];
      rows.set(dataset.id, {
        dataset,
        versions,
        textVersions,
        name: dataset.name,
        state: 'ready',
        verifiedAt: null,
      });
    },
    addDatasetVersion: (id, classes) => find(id).versions.push(classes),
    addTextVersion: (id, version) => find(id).textVersions.push(version),
    renameDataset: (id, name) => {
      refuseTaken(name);
      find(id).name = name;
    },
    setDatasetState: (id, state, verifiedAt) => {
      const row = find(id);
      row.state = state;
      row.verifiedAt = verifiedAt ?? row.verifiedAt;
    },
    removeDataset: (id) => {
      rows.delete(id);
    },
    countRunsUsing: (id) => runs.get(id) ?? 0,
  };
}

function labelsOf(dataset: Exclude<NewDataset, { kind: 'image-classes' }>): readonly string[] {
  if (dataset.kind === 'text-classes') return dataset.text.labels;
  return dataset.kind === 'table-classes' ? dataset.table.labels : dataset.audio.labels;
}

function withoutClasses({ classes: _, ...facts }: Extract<NewDataset, { kind: 'image-classes' }>) {
  return facts;
}
