import { InnerloopError } from '../../shared/contract/errors.ts';
import type { RequestHandlers } from '../../shared/contract/requests.ts';
import type { CoreContext } from './context.ts';
import type { DatasetHandlers } from './handlers.ts';
import type { DatasetDesk } from './runs/dataset-desk.ts';

export interface Datasets {
  readonly desk: DatasetDesk;
  readonly handlers: DatasetHandlers;
  readonly drawTask: RequestHandlers['config.draw-task'];
  /** Makes what the library needs before the first request. */
  prepare(): Promise<void>;
  /** Ends imports under way. */
  close(): Promise<void>;
}

/** The dataset library as the core uses it. */
export function openDatasets(_context: CoreContext): Datasets {
  const missing = (): never => {
    throw new InnerloopError('not-found', 'The dataset library is being built.');
  };
  return {
    desk: {
      check: () => [],
      factsFor: (config) => (config.task.kind === 'sinusoid' ? null : missing()),
      forTrainer: () => null,
    },
    handlers: {
      'datasets.list': () => [],
      'datasets.get': missing,
      'datasets.thumbnails': missing,
      'datasets.import': missing,
      'datasets.imports': () => [],
      'datasets.cancel-import': missing,
      'datasets.await-import': missing,
      'datasets.split': missing,
      'datasets.rename': missing,
      'datasets.verify': missing,
      'datasets.remove': missing,
    },
    drawTask: () => null,
    prepare: async () => undefined,
    close: async () => undefined,
  };
}
