import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { AudioFacts } from '../../../shared/datasets/audio.ts';
import type { DatasetClass, DatasetSummary, PixelLayout } from '../../../shared/datasets/dataset.ts';
import { splitCounts } from '../../../shared/datasets/split-counts.ts';
import type { TableFacts } from '../../../shared/datasets/table.ts';
import type { TextFacts, TextVersion } from '../../../shared/datasets/text.ts';
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
  getTextVersion: (id, version) => {
    const row = oneRow(db, 'SELECT text_facts FROM dataset_versions WHERE dataset_id = ? AND version = ?', id, version);
    return row && row.text_facts !== null ? json<TextVersion>(row.text_facts) : null;
  },
  insertDataset: (dataset) => insertDataset(db, dataset),
  addDatasetVersion: (id, classes, createdAt) => addVersion(db, id, imageVersion(classes), createdAt),
  addTextVersion: (id, { facts, splits }, createdAt) =>
    addVersion(db, id, { splits: [], counts: splits, text: facts }, createdAt),
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
      // generated tasks are no row of datasets: their id is the kind of task
      oneRow(db, 'SELECT count(*) AS runs FROM runs WHERE coalesce(dataset_id, task) = ?', id)?.runs,
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
  const facts = {
    id: text(row.id),
    name: text(row.name),
    origin: text(row.origin) as StoredDataset['origin'],
    source: text(row.source),
    sha256: text(row.sha256),
    bytes: number(row.bytes),
    createdAt: number(row.created_at),
    version: number(row.version),
    examples: sum('examples'),
    splits,
    verifiedAt: numberOrNull(row.verified_at),
    state: text(row.state) as StoredDataset['state'],
  };
  const kind = text(row.kind) as StoredDataset['kind'];
  if (kind === 'text-classes') {
    const ofTexts = json<TextFacts>(row.text_facts);
    return { ...facts, kind, layout: null, classes: ofTexts.labels.length, text: ofTexts };
  }
  if (kind === 'table-classes') {
    const table = json<TableFacts>(row.text_facts);
    return { ...facts, kind, layout: null, classes: table.labels.length, table };
  }
  if (kind === 'audio-classes') {
    const audio = json<AudioFacts>(row.text_facts);
    return { ...facts, kind, layout: null, classes: audio.labels.length, audio };
  }
  return { ...facts, kind: 'image-classes', layout: json<PixelLayout>(row.layout), classes: sum('classes') };
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
  const { id, name, origin, source, sha256, bytes, layout, kind, createdAt } = dataset;
  const classes = dataset.kind === 'image-classes' ? dataset.classes : [];
  inTransaction(db, () => {
    uniquely(name, () =>
      change(
        db,
        `INSERT INTO datasets (id, name, origin, source, sha256, bytes, layout, kind, text_facts, created_at, verified_at,
           state)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 'ready')`,
        id,
        name,
        origin,
        source,
        sha256,
        bytes,
        JSON.stringify(layout),
        kind,
        ofExamples(dataset),
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
    const first =
      dataset.kind === 'image-classes'
        ? imageVersion(dataset.classes)
        : { splits: [], counts: dataset.version.splits, text: dataset.version.facts };
    insertVersion(db, id, 1, first, createdAt);
  });
}

/** What a kind of examples has of its own, as `datasets.text_facts` keeps it; null for images. */
function ofExamples(dataset: NewDataset): string | null {
  if (dataset.kind === 'image-classes') return null;
  if (dataset.kind === 'text-classes') return JSON.stringify(dataset.text);
  return JSON.stringify(dataset.kind === 'table-classes' ? dataset.table : dataset.audio);
}

function addVersion(db: Writable, id: string, added: Version, createdAt: number): number {
  return inTransaction(db, () => {
    const newest = oneRow(db, 'SELECT max(version) AS version FROM dataset_versions WHERE dataset_id = ?', id)?.version;
    if (newest === null || newest === undefined) throw noDataset(id);
    const version = number(newest) + 1;
    insertVersion(db, id, version, added, createdAt);
    return version;
  });
}

/** A version's row: the splits of classes in their order (none of texts), its counts, and the facts of texts. */
interface Version {
  readonly splits: readonly Split[];
  readonly counts: DatasetSummary['splits'];
  readonly text: TextVersion | null;
}

function imageVersion(classes: readonly DatasetClass[]): Version {
  const ordered = [...classes].sort((a, b) => a.index - b.index);
  return { splits: ordered.map(({ split }) => split), counts: splitCounts(classes), text: null };
}

function insertVersion(db: Writable, id: string, version: number, added: Version, createdAt: number): void {
  const { splits, counts, text: ofTexts } = added;
  change(
    db,
    `INSERT INTO dataset_versions (dataset_id, version, created_at, splits, counts, text_facts)
     VALUES (?, ?, ?, ?, ?, ?)`,
    id,
    version,
    createdAt,
    JSON.stringify(splits),
    JSON.stringify(counts),
    ofTexts && JSON.stringify(ofTexts),
  );
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
