import type { RequestHandlers } from '../../shared/contract/requests.ts';
import type { CoreContext } from './context.ts';
import { readExamples } from './datasets/dataset-folder.ts';
import { createLibrary, type Library } from './datasets/library.ts';
import { newId } from './identity.ts';
import type { DatasetDesk } from './runs/dataset-desk.ts';
import { drawTask } from './runs/draw-task.ts';
import { datasetStore } from './store/datasets.ts';

/** The dataset library as the core uses it. */
export interface Datasets extends Pick<Library, 'handlers' | 'prepare' | 'close'> {
  readonly desk: DatasetDesk;
  readonly drawTask: RequestHandlers['config.draw-task'];
}

/** Opens the library of a data folder on its store; `prepare` makes what it lacks. */
export function openDatasets({ db, layout, now, announce }: CoreContext): Datasets {
  const library = createLibrary({
    store: datasetStore(db),
    folder: layout.datasets,
    now,
    newSuffix: () => newId().slice(0, 6),
    announce,
  });
  const desk: DatasetDesk = {
    check: library.checkTask,
    factsFor: library.datasetFacts,
    counts: library.exampleCounts,
    forTrainer: (dataset) => (dataset === null ? null : library.trainerDataset(dataset)),
  };
  return {
    handlers: library.handlers,
    prepare: library.prepare,
    close: library.close,
    desk,
    drawTask: (request) =>
      drawTask(
        desk,
        ({ id, layout: pixelLayout }, examples) => readExamples(layout.datasets, id, pixelLayout, examples),
        request,
      ),
  };
}
