import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { AnyEvent } from '../../../shared/contract/events.ts';
import type { RequestHandlers } from '../../../shared/contract/requests.ts';
import type { ModelSummary } from '../../../shared/models/model.ts';
import { sha256OfFile } from '../../files/digest.ts';
import { quoted } from '../../files/file-error.ts';
import { completeRemoving, settleLeftovers, startRemoving, undoRemoving } from '../datasets/dataset-folder.ts';
import { idFor } from '../datasets/dataset-names.ts';
import { isAboutOneFile } from '../datasets/left-out.ts';
import { addModel, importModel } from './add-model.ts';
import { type Copies, createCopies } from './copies.ts';
import { createModelDesk, type ModelDesk, requireModel } from './model-desk.ts';
import { freeName, refuseTakenModelName, tidyModelName } from './model-names.ts';
import type { ModelStore, StoredModel } from './model-store.ts';

export interface ModelLibraryOptions {
  readonly store: ModelStore;
  /** The library's folder; made when it does not exist. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A few characters [a-z0-9] that make an id unique. */
  readonly newSuffix: () => string;
  /** Hears of facts after they are committed. */
  readonly announce: (event: AnyEvent) => void;
}

export type ModelHandlers = Omit<
  Pick<RequestHandlers, Extract<keyof RequestHandlers, `models.${string}`>>,
  'models.adopt'
>;

export interface ModelLibrary {
  readonly handlers: ModelHandlers;
  readonly desk: ModelDesk;
  /** Settles what a killed core left, and looks whether every model is there. */
  prepare(): Promise<void>;
  /** Adds what `write` puts into a folder as a model that a run made; null as name makes one from `source`. */
  adopt(
    made: Pick<StoredModel, 'source' | 'lineage'> & { readonly name: string | null },
    write: (target: string) => Promise<void>,
  ): Promise<ModelSummary>;
  /** Cancels imports and waits until none works. */
  close(): Promise<void>;
}

/** The models of one data folder: Hugging Face folders in files, everything else in the store. */
export function createModelLibrary(options: ModelLibraryOptions): ModelLibrary {
  const { store, folder, now, announce } = options;
  let settled: Promise<void> | null = null;
  // What adds or removes folders waits for this, since it judges every folder that it finds.
  const settle = (): Promise<void> => (settled ??= settleLeftovers(folder, (id) => store.getModel(id)?.id === id));
  const copies = createCopies(now, (job) => announce({ name: 'model.importing', body: { job } }));
  return {
    handlers: {
      ...readHandlers(options),
      ...changeHandlers(options, copies, settle),
      ...importHandlers(options, copies, settle),
    },
    desk: createModelDesk(store, folder),
    prepare: () => settle().then(() => glanceAtAll(options)),
    adopt: async ({ name: wish, source, lineage }, write) => {
      await settle();
      const taken = takenNames(store, copies);
      const name = wish === null ? freeName(tidyModelName(source.slice(0, 96)), taken) : tidyModelName(wish);
      refuseTakenModelName(name, taken);
      const model = {
        id: idFor(name, options.newSuffix()),
        name,
        origin: 'produced',
        source,
        lineage,
        createdAt: now(),
      } as const;
      await addModel(model, options, (target) => write(target).then(() => null));
      return changed(options, model.id);
    },
    close: () => copies.close(),
  };
}

const summaryOf = (store: ModelStore, { shape, weightBytes: _, ...rest }: StoredModel): ModelSummary => ({
  ...rest,
  ...shape,
  usedByRuns: store.countRunsUsing(rest.id),
});

/** Announces a model as it is now, and gives it. */
function changed({ store, announce }: ModelLibraryOptions, id: string): ModelSummary {
  const model = summaryOf(store, requireModel(store, id));
  announce({ name: 'model.changed', body: { model } });
  return model;
}

const takenNames = (store: ModelStore, copies: Copies): string[] => [...store.takenNames(), ...copies.namesUnderWay()];

/** The size of the weights says whether they are there, without reading them. */
async function glanceAtAll(options: ModelLibraryOptions): Promise<void> {
  const { store, folder } = options;
  for (const model of store.listModels()) {
    const stats = await stat(weightsOf(folder, model.id)).catch(() => null); // gone, or closed to us: unreadable
    const seen = !stats?.isFile() ? 'unreadable' : stats.size === model.weightBytes ? 'ready' : 'changed-on-disk';
    // A file of the right size says nothing about changes found by an earlier check.
    const state = seen === 'ready' && model.state === 'changed-on-disk' ? model.state : seen;
    if (state === model.state) continue;
    store.setModelState(model.id, state);
    changed(options, model.id);
  }
}

const weightsOf = (folder: string, id: string): string => join(folder, id, 'model.safetensors');

function readHandlers({ store }: ModelLibraryOptions) {
  return {
    'models.list': () => store.listModels().map((model) => summaryOf(store, model)),
    'models.get': ({ id }) => summaryOf(store, requireModel(store, id)),
  } satisfies Partial<ModelHandlers>;
}

type Settle = () => Promise<void>;

function importHandlers(options: ModelLibraryOptions, copies: Copies, settle: Settle) {
  const { store, folder, now, newSuffix } = options;
  return {
    'models.import': async (request) => {
      const source = resolve(request.source);
      await settle();
      // Nothing is waited for between the look at the names and the start, which takes one.
      const taken = takenNames(store, copies);
      const name =
        request.name === null
          ? freeName(tidyModelName(basename(source).slice(0, 96) || 'model'), taken)
          : tidyModelName(request.name);
      refuseTakenModelName(name, taken);
      const model = {
        id: idFor(name, newSuffix()),
        name,
        origin: 'imported',
        source: basename(source),
        lineage: null,
        createdAt: now(),
      } as const;
      await copies.run(model.id, name, (onProgress, signal) =>
        importModel(source, model, { store, folder, signal, onProgress }),
      );
      return changed(options, model.id);
    },
    'models.cancel-import': ({ id }) => {
      copies.cancel(id);
      return null;
    },
  } satisfies Partial<ModelHandlers>;
}

function changeHandlers(options: ModelLibraryOptions, copies: Copies, settle: Settle) {
  const { store, folder, announce } = options;
  return {
    'models.rename': ({ id, name: wish }) => {
      const model = requireModel(store, id);
      const name = tidyModelName(wish);
      if (name === model.name) return summaryOf(store, model);
      const own = (taken: string): boolean => store.getModel(taken)?.id === model.id;
      refuseTakenModelName(
        name,
        takenNames(store, copies).filter((taken) => !own(taken)),
      );
      store.renameModel(model.id, name);
      return changed(options, model.id);
    },
    'models.verify': async ({ id }) => {
      const model = requireModel(store, id);
      store.setModelState(model.id, await look(weightsOf(folder, model.id), model));
      return changed(options, model.id);
    },
    'models.remove': async ({ id, force }) => {
      await settle();
      const model = requireModel(store, id);
      refuseInUse(store, model, force);
      await startRemoving(folder, model.id);
      try {
        store.removeModel(model.id);
      } catch (thrown) {
        await undoRemoving(folder, model.id);
        throw thrown;
      }
      await completeRemoving(folder, model.id);
      announce({ name: 'model.removed', body: { id: model.id } });
      return null;
    },
  } satisfies Partial<ModelHandlers>;
}

async function look(weights: string, model: StoredModel): Promise<StoredModel['state']> {
  try {
    return (await sha256OfFile(weights)) === model.sha256 ? 'ready' : 'changed-on-disk';
  } catch (thrown) {
    if (isAboutOneFile(thrown)) return 'unreadable';
    throw thrown;
  }
}

function refuseInUse(store: ModelStore, { id, name }: StoredModel, force: 'yes' | 'no'): void {
  const runs = store.countRunsUsing(id);
  if (runs === 0 || force === 'yes') return;
  const counted = runs === 1 ? '1 run' : `${runs.toLocaleString('en')} runs`;
  throw new InnerloopError(
    'in-use',
    `The model ${quoted(name)} is used by ${counted}, which could not be resumed, evaluated or exported without it.`,
  );
}
