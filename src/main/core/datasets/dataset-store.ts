import type { DatasetClass, DatasetSummary, PixelLayout } from '../../../shared/datasets/dataset.ts';

/**
 * What the library asks of the store: verbs on committed rows. Synchronous, as the database is.
 * A dataset's pixels never change; its splits do, and every change is a new version that the old ones outlive.
 */
export interface DatasetStore {
  /** Every dataset with its newest version's split counts, oldest first. */
  listDatasets(): readonly StoredDataset[];
  /** By id, else by name (exactly); null when there is none. */
  getDataset(idOrName: string): StoredDataset | null;
  /** Classes in index order, each with its split of this version; null when the version does not exist. */
  getDatasetClasses(id: string, version: number): readonly DatasetClass[] | null;
  /** Adds a dataset and its version 1 in one transaction; throws `in-use` when the name or id is taken. */
  insertDataset(dataset: NewDataset): void;
  /** Adds the next version with these splits and returns its number; throws `not-found`. */
  addDatasetVersion(id: string, classes: readonly DatasetClass[], createdAt: number): number;
  /** Throws `not-found`, or `in-use` when another dataset has the name. */
  renameDataset(id: string, name: string): void;
  /** What a look at the files found; `verifiedAt` null keeps the time of the last full check. */
  setDatasetState(id: string, state: StoredDataset['state'], verifiedAt: number | null): void;
  /** Removes the dataset and all its versions in one transaction; runs keep the facts they stored. */
  removeDataset(id: string): void;
  /** Runs of any state, the bin included, that name this dataset. `sinusoid` counts the runs on generated tasks. */
  countRunsUsing(id: string): number;
}

/** A dataset as it is first stored. */
export interface NewDataset {
  readonly id: string;
  readonly name: string;
  readonly origin: DatasetSummary['origin'];
  readonly source: string;
  /** SHA-256 and size in bytes of pixels.u8. */
  readonly sha256: string;
  readonly bytes: number;
  readonly layout: PixelLayout;
  readonly classes: readonly DatasetClass[];
  readonly createdAt: number;
}

/** A row of the library without its classes, which can be thousands. */
export interface StoredDataset extends Omit<NewDataset, 'classes'> {
  /** The newest version; 1 is the first. */
  readonly version: number;
  /** Sums over the newest version's classes. */
  readonly classes: number;
  readonly examples: number;
  readonly splits: DatasetSummary['splits'];
  readonly verifiedAt: number | null;
  readonly state: DatasetSummary['state'];
}
