import type { DatasetStore, NewDataset, StoredDataset } from '../../../src/main/core/datasets/dataset-store.ts';
import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { DatasetClass } from '../../../src/shared/datasets/dataset.ts';
import { splitCounts } from '../../../src/shared/datasets/split-counts.ts';

interface Row {
  readonly facts: Omit<NewDataset, 'classes'>;
  readonly versions: (readonly DatasetClass[])[];
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
    const splits = splitCounts(row.versions.at(-1)!);
    const counts = Object.values(splits);
    return {
      ...row.facts,
      name: row.name,
      version: row.versions.length,
      classes: counts.reduce((sum, { classes }) => sum + classes, 0),
      examples: counts.reduce((sum, { examples }) => sum + examples, 0),
      splits,
      verifiedAt: row.verifiedAt,
      state: row.state,
    };
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
    insertDataset: ({ classes, ...facts }) => {
      refuseTaken(facts.name);
      rows.set(facts.id, { facts, versions: [classes], name: facts.name, state: 'ready', verifiedAt: null });
    },
    addDatasetVersion: (id, classes) => find(id).versions.push(classes),
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
