import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { TrainerModel } from '../../../shared/contract/trainer.ts';
import type { ModelShape } from '../../../shared/models/model.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { quoted } from '../../files/file-error.ts';
import type { ModelStore, StoredModel } from './model-store.ts';

/** What a config check wants to know of a model. */
export type ModelFacts = ModelShape & {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of model.safetensors. */
  readonly digest: string;
  readonly bytes: number;
};

/** The library of models as runs use it. */
export interface ModelDesk {
  /** By id or by any name that it has or had; null when there is none. */
  find(nameOrId: string): ModelFacts | null;
  /**
   * Throws `not-found` for an unknown model and `bad-file` for one that is damaged or of another kind; all name the
   * field, which is `model.start.model` for an encoder.
   */
  forTrainer(nameOrId: string, as?: ModelUse): TrainerModel;
  /** Names of all models, for the sentence of an unknown one. */
  names(): readonly string[];
}

/** What a run wants a model for, and the field that names it. */
export interface ModelUse {
  readonly kind: ModelShape['kind'];
  readonly path: string;
}
const encoderUse: ModelUse = { kind: 'encoder', path: 'model.start.model' };

/** `folder` is the library's. */
export function createModelDesk(store: ModelStore, folder: string): ModelDesk {
  return {
    find: (nameOrId) => {
      const model = store.getModel(nameOrId);
      return model && { ...model.shape, id: model.id, name: model.name, digest: model.sha256, bytes: model.bytes };
    },
    forTrainer: (nameOrId, use = encoderUse) => {
      const { id, name, sha256, state, shape } = requireModel(store, nameOrId, use);
      if (shape.kind !== use.kind) {
        const message = `The model ${quoted(name)} is ${shape.kind === 'encoder' ? 'an encoder of texts' : 'a network'}, and this run needs ${use.kind === 'encoder' ? 'an encoder' : 'a network of images'}.`;
        throw unusable('bad-file', message, store, use);
      }
      if (state !== 'ready') {
        const what = state === 'unreadable' ? 'cannot be read' : 'has changed on the disk since it was added';
        throw unusable('bad-file', `The model ${quoted(name)} ${what}. Import it again.`, store, use);
      }
      return { id, name, folder: join(folder, id), digest: sha256 };
    },
    names: () => namesOf(store),
  };
}

/** A stored model by id or name; throws `not-found` with the nearest name and those that there are. */
export function requireModel(store: ModelStore, nameOrId: string, use: ModelUse = encoderUse): StoredModel {
  const model = store.getModel(nameOrId);
  if (model) return model;
  const names = namesOf(store, use);
  const nearest = nearestWord(nameOrId, names);
  const hint =
    names.length === 0
      ? use.kind === 'network'
        ? 'The library has no network yet; adopt a run first: innerloop models adopt RUN.'
        : 'The library has none yet; import a Hugging Face folder first.'
      : nearest === undefined
        ? `There ${names.length === 1 ? 'is' : 'are'}: ${listed(names)}.`
        : `Did you mean ${quoted(nearest)}?`;
  throw unusable('not-found', `There is no model ${quoted(nameOrId)} in the library. ${hint}`, store, use);
}

function unusable(code: 'not-found' | 'bad-file', message: string, store: ModelStore, use: ModelUse): InnerloopError {
  const names = namesOf(store, use);
  const allowed = names.length === 0 ? 'a model of the library; there is none yet' : `one of ${listed(names)}`;
  return new InnerloopError(code, message, { fields: [{ path: use.path, message, allowed }] });
}

const namesOf = (store: ModelStore, use: ModelUse | null = null): string[] =>
  store
    .listModels()
    .filter(({ shape }) => use === null || shape.kind === use.kind)
    .map(({ name }) => name);

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(quoted).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}
