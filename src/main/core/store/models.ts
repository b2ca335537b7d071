import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { ModelLineage, ModelShape } from '../../../shared/models/model.ts';
import type { ModelStore, StoredModel } from '../models/model-store.ts';
import {
  allRows,
  change,
  inTransaction,
  json,
  jsonOrNull,
  number,
  oneRow,
  type Readable,
  type Row,
  text,
  type Writable,
} from './database.ts';

/** The verbs of the library of models on this database. */
export const modelStore = (db: Writable): ModelStore => ({
  listModels: () => allRows(db, 'SELECT * FROM models ORDER BY created_at, id').map(fromRow),
  getModel: (idOrName) => getModel(db, idOrName),
  takenNames: () => allRows(db, 'SELECT id AS name FROM models UNION SELECT name FROM model_names').map(nameOf),
  insertModel: (model) => insertModel(db, model),
  renameModel: (id, name) => renameModel(db, id, name),
  setModelState: (id, state) => {
    change(db, 'UPDATE models SET state = ? WHERE id = ?', state, id);
  },
  removeModel: (id) => {
    change(db, 'DELETE FROM models WHERE id = ?', id);
  },
  countRunsUsing: (id) =>
    number(
      oneRow(
        db,
        `SELECT count(*) AS runs FROM runs
           WHERE CASE WHEN json_valid(config) THEN json_extract(config, '$.model.start.model') END IN
             (SELECT ? UNION SELECT name FROM model_names WHERE model_id = ?)
           OR CASE WHEN json_valid(config) THEN json_extract(config, '$.algorithm.start') END IN
             (SELECT ? UNION SELECT name FROM model_names WHERE model_id = ?)`,
        id,
        id,
        id,
        id,
      )?.runs,
    ),
});

const nameOf = ({ name }: Row): string => text(name);

function getModel(db: Readable, idOrName: string): StoredModel | null {
  const row =
    oneRow(db, 'SELECT * FROM models WHERE id = ?', idOrName) ??
    oneRow(
      db,
      'SELECT models.* FROM model_names JOIN models ON models.id = model_id WHERE model_names.name = ?',
      idOrName,
    );
  return row ? fromRow(row) : null;
}

const fromRow = (row: Row): StoredModel => ({
  id: text(row.id),
  name: text(row.name),
  origin: text(row.origin) as StoredModel['origin'],
  source: text(row.source),
  sha256: text(row.sha256),
  weightBytes: number(row.weight_bytes),
  bytes: number(row.bytes),
  shape: shapeOf(json(row.shape)),
  lineage: jsonOrNull<ModelLineage>(row.lineage),
  createdAt: number(row.created_at),
  state: text(row.state) as StoredModel['state'],
});

/** Rows from before there were networks do not say what they are. */
const shapeOf = (stored: Readonly<Record<string, unknown>>): ModelShape =>
  ({ kind: 'encoder', ...stored }) as unknown as ModelShape;

function insertModel(db: Writable, model: StoredModel): void {
  const { id, name, origin, source, sha256, bytes, weightBytes, shape, lineage, createdAt, state } = model;
  uniquely(name, () =>
    inTransaction(db, () => {
      change(
        db,
        `INSERT INTO models (id, name, origin, source, sha256, bytes, weight_bytes, shape, lineage, created_at, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        name,
        origin,
        source,
        sha256,
        bytes,
        weightBytes,
        JSON.stringify(shape),
        lineage === null ? null : JSON.stringify(lineage),
        createdAt,
        state,
      );
      change(db, 'INSERT INTO model_names (name, model_id) VALUES (?, ?)', name, id);
    }),
  );
}

function renameModel(db: Writable, id: string, name: string): void {
  uniquely(name, () =>
    inTransaction(db, () => {
      if (change(db, 'UPDATE models SET name = ? WHERE id = ?', name, id) === 0) {
        throw new InnerloopError('not-found', `There is no model ${id}.`);
      }
      change(db, 'DELETE FROM model_names WHERE name = ? AND model_id = ?', name, id); // a former name of its own
      change(db, 'INSERT INTO model_names (name, model_id) VALUES (?, ?)', name, id);
    }),
  );
}

/** Turns a broken uniqueness into the plain sentence that a person can act on. */
function uniquely(name: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const code = String((error as { readonly code?: unknown }).code);
    if (code !== 'SQLITE_CONSTRAINT_UNIQUE' && code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') throw error;
    throw new InnerloopError('in-use', `The name ${name} means a model already. Choose another name.`, {
      cause: error,
    });
  }
}
