import type { RequestOf } from '../../../shared/contract/requests.ts';
import type { DatasetStore } from './dataset-store.ts';
import type { ImportProgress } from './import-progress.ts';

export interface ImportOrder {
  readonly datasetId: string;
  readonly name: string;
  readonly request: RequestOf<'datasets.import'>;
}

export interface ImportSurroundings {
  readonly store: DatasetStore;
  /** The library's folder. */
  readonly folder: string;
  readonly now: () => number;
  readonly progress: ImportProgress;
  readonly signal: AbortSignal;
}
