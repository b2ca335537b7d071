import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { DatasetClass, DatasetSummary, PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';
import type { DatasetStore, NewDataset, StoredDataset } from '../datasets/dataset-store.ts';
import {
  allRows,
  change,
  inTransaction,
  json,
  number,
  numberOrNull,
  oneRow,
  type Readable,
  type Row,
  text,
  type Writable,
} from './database.ts';

/** The library's verbs on this database. */
export const datasetStore = (db: Writable): DatasetStore => ({
  listDatasets: () => allRows(db, `${datasetSelect} ORDER BY created_at, id`).map(fromRow),
  getDataset: (idOrName) => getDataset(db, idOrName),
  getDatasetClasses: (id, version) => getClasses(db, id, version),
  insertDataset: (dataset) => insertDataset(db, dataset),
  addDatasetVersion: (id, classes, createdAt) => addVersion(db, id, classes, createdAt),
  renameDataset: (id, name) => {
    const changed = uniquely(name, () => change(db, 'UPDATE datasets SET name = ? WHERE id = ?', name, id));
    if (changed === 0) throw noDataset(id);
  },
  setDatasetState: (id, state, verifiedAt) => {
    change(
      db,
      'UPDATE datasets SET state = ?, verified_at = coalesce(?, verified_at) WHERE id = ?',
      state,
      verifiedAt,
      id,
    );
  },
  removeDataset: (id) => {
    change(db, 'DELETE FROM datasets WHERE id = ?', id);
  },
  countRunsUsing: (id) =>
    number(
      id === 'sinusoid'
        ? oneRow(db, `SELECT count(*) AS runs FROM runs WHERE task = 'sinusoid'`)?.runs
        : oneRow(db, 'SELECT count(*) AS runs FROM runs WHERE dataset_id = ?', id)?.runs,
    ),
});

const datasetSelect = `
  SELECT datasets.*, newest.version, newest.counts
  FROM datasets JOIN dataset_versions AS newest ON newest.dataset_id = datasets.id
    AND newest.version = (SELECT max(version) FROM dataset_versions WHERE dataset_id = datasets.id)`;

function getDataset(db: Readable, idOrName: string): StoredDataset | null {
  const row =
    oneRow(db, `${datasetSelect} WHERE datasets.id = ?`, idOrName) ??
    oneRow(db, `${datasetSelect} WHERE datasets.name = ?`, idOrName);
  return row ? fromRow(row) : null;
}

function fromRow(row: Row): StoredDataset {
  const splits = json<DatasetSummary['splits']>(row.counts);
  const sum = (part: 'classes' | 'examples'): number =>
    Object.values(splits).reduce((total, counts) => total + counts[part], 0);
  return {
    id: text(row.id),
    name: text(row.name),
    origin: text(row.origin) as StoredDataset['origin'],
    source: text(row.source),
    sha256: text(row.sha256),
    bytes: number(row.bytes),
    layout: json<PixelLayout>(row.layout),
    createdAt: number(row.created_at),
    version: number(row.version),
    classes: sum('classes'),
    examples: sum('examples'),
    splits,
    verifiedAt: numberOrNull(row.verified_at),
    state: text(row.state) as StoredDataset['state'],
  };
}

function getClasses(db: Readable, id: string, version: number): readonly DatasetClass[] | null {
  const stored = oneRow(db, 'SELECT splits FROM dataset_versions WHERE dataset_id = ? AND version = ?', id, version);
  if (!stored) return null;
  const splits = json<readonly Split[]>(stored.splits);
  return allRows(db, 'SELECT * FROM dataset_classes WHERE dataset_id = ? ORDER BY class_index', id).map((row) => ({
    index: number(row.class_index),
    name: text(row.name),
    group: text(row.class_group),
    firstExample: number(row.first_example),
    examples: number(row.examples),
    split: splits[number(row.class_index)] ?? 'unused',
  }));
}

function insertDataset(db: Writable, dataset: NewDataset): void {
  const { id, name, origin, source, sha256, bytes, layout, classes, createdAt } = dataset;
  inTransaction(db, () => {
    uniquely(name, () =>
      change(
        db,
        `INSERT INTO datasets (id, name, origin, source, sha256, bytes, layout, created_at, verified_at, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, 'ready')`,
        id,
        name,
        origin,
        source,
        sha256,
        bytes,
        JSON.stringify(layout),
        createdAt,
      ),
    );
    for (const { index, name: className, group, firstExample, examples } of classes) {
      change(
        db,
        `INSERT INTO dataset_classes (dataset_id, class_index, name, class_group, first_example, examples)
         VALUES (?, ?, ?, ?, ?, ?)`,
        id,
        index,
        className,
        group,
        firstExample,
        examples,
      );
    }
    insertVersion(db, id, 1, classes, createdAt);
  });
}

function addVersion(db: Writable, id: string, classes: readonly DatasetClass[], createdAt: number): number {
  return inTransaction(db, () => {
    const newest = oneRow(db, 'SELECT max(version) AS version FROM dataset_versions WHERE dataset_id = ?', id)?.version;
    if (newest === null || newest === undefined) throw noDataset(id);
    const version = number(newest) + 1;
    insertVersion(db, id, version, classes, createdAt);
    return version;
  });
}

function insertVersion(
  db: Writable,
  id: string,
  version: number,
  classes: readonly DatasetClass[],
  createdAt: number,
): void {
  const ordered = [...classes].sort((a, b) => a.index - b.index);
  change(
    db,
    'INSERT INTO dataset_versions (dataset_id, version, created_at, splits, counts) VALUES (?, ?, ?, ?, ?)',
    id,
    version,
    createdAt,
    JSON.stringify(ordered.map(({ split }) => split)),
    JSON.stringify(countSplits(classes)),
  );
}

function countSplits(classes: readonly DatasetClass[]): DatasetSummary['splits'] {
  const counts = {
    train: { classes: 0, examples: 0 },
    validation: { classes: 0, examples: 0 },
    test: { classes: 0, examples: 0 },
    unused: { classes: 0, examples: 0 },
  };
  for (const { split, examples } of classes) {
    counts[split].classes++;
    counts[split].examples += examples;
  }
  return counts;
}

/** Turns a broken uniqueness into the plain sentence that a person can act on. */
function uniquely<Result>(name: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = String((error as { readonly code?: unknown }).code);
    if (code !== 'SQLITE_CONSTRAINT_UNIQUE' && code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') throw error;
    throw new InnerloopError('in-use', `There is a dataset named ${name} already. Choose another name.`, {
      cause: error,
    });
  }
}

const noDataset = (id: string): InnerloopError => new InnerloopError('not-found', `There is no dataset ${id}.`);
