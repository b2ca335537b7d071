import type { ModelLineage, ModelShape, ModelSummary } from '../../../shared/models/model.ts';

/** What the library of models asks of the store: verbs on committed rows. Synchronous, as the database is. */
export interface ModelStore {
  /** Oldest first. */
  listModels(): readonly StoredModel[];
  /** By id, else by any name that it has or had; null when there is none. */
  getModel(idOrName: string): StoredModel | null;
  /** Everything that `getModel` answers to. */
  takenNames(): readonly string[];
  /** Throws `in-use` when the name or id is taken. */
  insertModel(model: StoredModel): void;
  /** The old name goes on to mean the model. Throws `not-found`, or `in-use`. */
  renameModel(id: string, name: string): void;
  setModelState(id: string, state: StoredModel['state']): void;
  removeModel(id: string): void;
  /** Runs of any state, the bin included, whose config names this model. */
  countRunsUsing(id: string): number;
}

/** A row of the library. */
export interface StoredModel {
  readonly id: string;
  readonly name: string;
  readonly origin: ModelSummary['origin'];
  readonly source: string;
  /** SHA-256 and size of model.safetensors. */
  readonly sha256: string;
  readonly weightBytes: number;
  /** Of all files. */
  readonly bytes: number;
  readonly shape: ModelShape;
  readonly lineage: ModelLineage | null;
  readonly createdAt: number;
  readonly state: ModelSummary['state'];
}
