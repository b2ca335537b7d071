import type { AudioFacts } from '../../../shared/datasets/audio.ts';
import type { DatasetClass, DatasetSummary, PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { TableFacts } from '../../../shared/datasets/table.ts';
import type { TextFacts, TextVersion } from '../../../shared/datasets/text.ts';

/**
 * What the library asks of the store: verbs on committed rows. Synchronous, as the database is.
 * A dataset's pixels and texts never change; its splits do, and every change is a new version that the old ones outlive.
 */
export interface DatasetStore {
  /** Every dataset with its newest version's split counts, oldest first. */
  listDatasets(): readonly StoredDataset[];
  /** By id, else by name (exactly); null when there is none. */
  getDataset(idOrName: string): StoredDataset | null;
  /** Classes in index order, each with its split of this version; null when the version does not exist. */
  getDatasetClasses(id: string, version: number): readonly DatasetClass[] | null;
  /** Facts of a version of a dataset that is split by example; null when it does not exist. */
  getTextVersion(id: string, version: number): TextVersion | null;
  /** Adds a dataset and its version 1 in one transaction; throws `in-use` when the name or id is taken. */
  insertDataset(dataset: NewDataset): void;
  /** Adds the next version with these splits and returns its number; throws `not-found`. */
  addDatasetVersion(id: string, classes: readonly DatasetClass[], createdAt: number): number;
  /** As `addDatasetVersion`, of a dataset that is split by example. */
  addTextVersion(id: string, version: NewTextVersion, createdAt: number): number;
  /** Throws `not-found`, or `in-use` when another dataset has the name. */
  renameDataset(id: string, name: string): void;
  /** What a look at the files found; `verifiedAt` null keeps the time of the last full check. */
  setDatasetState(id: string, state: StoredDataset['state'], verifiedAt: number | null): void;
  /** Removes the dataset and all its versions in one transaction; runs keep the facts they stored. */
  removeDataset(id: string): void;
  /** Runs of any state, the bin included, that name this dataset. The id of generated tasks counts the runs on them. */
  countRunsUsing(id: string): number;
}

interface NewFacts {
  readonly id: string;
  readonly name: string;
  readonly origin: DatasetSummary['origin'];
  readonly source: string;
  /** SHA-256 and size in bytes of pixels.u8, examples.jsonl, rows.jsonl or waveforms.i16. */
  readonly sha256: string;
  readonly bytes: number;
  readonly createdAt: number;
}

export interface NewImageDataset extends NewFacts {
  readonly kind: 'image-classes';
  readonly layout: PixelLayout;
  readonly classes: readonly DatasetClass[];
}

/** One version of the splits of a dataset of examples; the splits of the examples themselves are in a file. */
export interface NewTextVersion {
  readonly facts: TextVersion;
  readonly splits: DatasetSummary['splits'];
}

export interface NewTextDataset extends NewFacts {
  readonly kind: 'text-classes';
  readonly layout: null;
  readonly text: TextFacts;
  readonly version: NewTextVersion;
}

export interface NewTableDataset extends NewFacts {
  readonly kind: 'table-classes';
  readonly layout: null;
  readonly table: TableFacts;
  readonly version: NewTextVersion;
}

export interface NewAudioDataset extends NewFacts {
  readonly kind: 'audio-classes';
  readonly layout: null;
  readonly audio: AudioFacts;
  readonly version: NewTextVersion;
}

/** A dataset that is split by example. */
export type NewExampleDataset = NewTextDataset | NewTableDataset | NewAudioDataset;

/** A dataset as it is first stored. */
export type NewDataset = NewImageDataset | NewExampleDataset;

interface StoredFacts extends NewFacts {
  /** The newest version; 1 is the first. */
  readonly version: number;
  /** Sums over the newest version's classes; of examples, the labels. */
  readonly classes: number;
  readonly examples: number;
  readonly splits: DatasetSummary['splits'];
  readonly verifiedAt: number | null;
  readonly state: DatasetSummary['state'];
}

export interface StoredImageDataset extends StoredFacts {
  readonly kind: 'image-classes';
  readonly layout: PixelLayout;
}

export interface StoredTextDataset extends StoredFacts {
  readonly kind: 'text-classes';
  readonly layout: null;
  readonly text: TextFacts;
}

export interface StoredTableDataset extends StoredFacts {
  readonly kind: 'table-classes';
  readonly layout: null;
  readonly table: TableFacts;
}

export interface StoredAudioDataset extends StoredFacts {
  readonly kind: 'audio-classes';
  readonly layout: null;
  readonly audio: AudioFacts;
}

export type StoredExampleDataset = StoredTextDataset | StoredTableDataset | StoredAudioDataset;

/** A row of the library without its classes, which can be thousands. */
export type StoredDataset = StoredImageDataset | StoredExampleDataset;
