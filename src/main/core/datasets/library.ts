import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { AnyEvent } from '../../../shared/contract/events.ts';
import type { RequestHandlers } from '../../../shared/contract/requests.ts';
import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import type { TaskCheck } from '../../../shared/datasets/check-task.ts';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { ExampleCounts } from '../../../shared/run-config/settle.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { fileError } from '../../files/file-error.ts';
import { readClip, readClips } from './audio/audio-reads.ts';
import { ensureGlyphs, generatedIds } from './built-ins.ts';
import { checkTask } from './check-config-dataset.ts';
import { glance, settleLeftovers } from './dataset-folder.ts';
import { idFor, nameOfSource, refuseTaken, tidyName } from './dataset-names.ts';
import type { DatasetStore } from './dataset-store.ts';
import { createImports, type Imports } from './imports.ts';
import { changeSplits, removeDataset, renameDataset, verifyDataset } from './library-changes.ts';
import {
  datasetFacts,
  exampleCounts,
  getDataset,
  listDatasets,
  readThumbnails,
  resolveDataset,
  resolveKind,
  summaryOf,
  trainerDataset,
} from './library-reads.ts';
import { previewSource } from './preview-source.ts';
import { ensureQuestions } from './questions.ts';
import { runImport } from './run-import.ts';
import { readRows } from './tables/table-reads.ts';
import { readTexts } from './texts/text-reads.ts';

export interface LibraryOptions {
  readonly store: DatasetStore;
  /** The library's folder; made when it does not exist. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A few characters [a-z0-9] that make an id unique. */
  readonly newSuffix: () => string;
  /** Hears of facts after they are committed. */
  readonly announce: (event: AnyEvent) => void;
}

export type DatasetHandlers = Pick<RequestHandlers, Extract<keyof RequestHandlers, `datasets.${string}`>>;

export interface Library {
  readonly handlers: DatasetHandlers;
  /** Settles what a killed core left, looks whether every dataset is there, and makes the built-in ones. */
  prepare(): Promise<void>;
  checkTask(config: RunConfig): TaskCheck;
  /** Throws `not-found` for an unknown dataset. */
  datasetFacts(config: RunConfig): RunSummary['dataset'];
  /** Examples in each split of the dataset that a config names; null for generated tasks. */
  exampleCounts(config: RunConfig): ExampleCounts | null;
  trainerDataset(used: NonNullable<RunSummary['dataset']>): TrainerDataset;
  /** Cancels imports and waits until none works. */
  close(): Promise<void>;
}

/** The datasets of one data folder: pixels in files, everything else in the store. */
export function createLibrary(options: LibraryOptions): Library {
  const { store, folder, now, announce } = options;
  let settled: Promise<void> | null = null;
  // What adds or removes folders waits for this, since it judges every folder that it finds.
  const settle = (): Promise<void> => (settled ??= settleLeftovers(folder, (id) => store.getDataset(id)?.id === id));
  const imports = createImports({
    now,
    announce: (job) => announce({ name: 'import.progress', body: { job } }),
    run: async (order, progress, signal) => {
      await runImport(order, { store, folder, now, progress, signal });
      changed(options, order.datasetId);
    },
  });
  return {
    handlers: {
      ...readHandlers(options),
      ...changeHandlers(options, imports, settle),
      ...importHandlers(options, imports, settle),
    },
    prepare: () => settle().then(() => prepare(options)),
    checkTask: (config) => checkTask(store, config),
    datasetFacts: (config) => datasetFacts(store, config),
    exampleCounts: (config) => exampleCounts(store, config),
    trainerDataset: (used) => trainerDataset(store, folder, used),
    close: () => imports.close(),
  };
}

/** Announces a dataset as it is now, and gives it. */
function changed({ store, announce }: LibraryOptions, idOrName: string): DatasetSummary {
  const dataset = summaryOf(store, resolveDataset(store, idOrName));
  announce({ name: 'dataset.changed', body: { dataset } });
  return dataset;
}

async function prepare(options: LibraryOptions): Promise<void> {
  const { store, folder, now } = options;
  const before = new Map(store.listDatasets().map(({ id, state }) => [id, state]));
  await ensureGlyphs(store, folder, now());
  await ensureQuestions(store, folder, now());
  for (const dataset of store.listDatasets()) {
    const seen = await glance(folder, dataset);
    // A file of the right size says nothing about changes found by an earlier check.
    const state = seen === 'ready' && dataset.state === 'changed-on-disk' ? dataset.state : seen;
    if (state !== dataset.state) store.setDatasetState(dataset.id, state, null);
    if (state !== before.get(dataset.id)) changed(options, dataset.id);
  }
}

function readHandlers({ store, folder }: LibraryOptions) {
  return {
    'datasets.list': () => listDatasets(store),
    'datasets.get': ({ id }) => getDataset(store, id),
    'datasets.thumbnails': (request) => readThumbnails(store, folder, request),
    'datasets.texts': (request) => readTexts(folder, resolveKind(store, request.id, 'text-classes'), request),
    'datasets.rows': (request) => readRows(folder, resolveKind(store, request.id, 'table-classes'), request),
    'datasets.clips': (request) => readClips(folder, resolveKind(store, request.id, 'audio-classes'), request),
    'datasets.clip': (request) => readClip(folder, resolveKind(store, request.id, 'audio-classes'), request),
    'datasets.preview': previewSource,
  } satisfies Partial<DatasetHandlers>;
}

type Settle = () => Promise<void>;

function changeHandlers(options: LibraryOptions, imports: Imports, settle: Settle) {
  const { store, folder, now, announce } = options;
  return {
    'datasets.split': async (request) => {
      await changeSplits(store, folder, request, now);
      return changed(options, request.id);
    },
    'datasets.rename': ({ id, name }) => {
      const dataset = resolveDataset(store, id);
      renameDataset(store, dataset.id, name, takenNames(store, imports));
      return changed(options, dataset.id);
    },
    'datasets.verify': async ({ id }) => {
      await verifyDataset(store, folder, id, now);
      return changed(options, id);
    },
    'datasets.remove': async ({ id, force }) => {
      await settle();
      const removed = await removeDataset(store, folder, id, force);
      announce({ name: 'dataset.removed', body: { id: removed.id } });
      return null;
    },
  } satisfies Partial<DatasetHandlers>;
}

function importHandlers({ store, newSuffix }: LibraryOptions, imports: Imports, settle: Settle) {
  return {
    'datasets.import': async (request) => {
      const source = resolve(request.source);
      await access(source).catch((thrown: unknown) => {
        throw fileError(thrown, source, 'read');
      });
      await settle();
      // Nothing is waited for between the look at the names and the start, which takes one.
      const name = request.name === null ? nameOfSource(basename(source)) : tidyName(request.name);
      refuseTaken(name, takenNames(store, imports));
      return imports.start({ datasetId: idFor(name, newSuffix()), name, request: { ...request, source } });
    },
    'datasets.imports': () => imports.list(),
    'datasets.cancel-import': ({ jobId }) => {
      imports.cancel(jobId);
      return null;
    },
    'datasets.await-import': ({ jobId }) => imports.wait(jobId),
  } satisfies Partial<DatasetHandlers>;
}

/** Everything that `getDataset` would answer to, and the names that imports under way will have. */
function takenNames(store: DatasetStore, imports: Imports): string[] {
  const stored = store.listDatasets().flatMap(({ id, name }) => [id, name]);
  return [...generatedIds, ...stored, ...imports.namesUnderWay()];
}
