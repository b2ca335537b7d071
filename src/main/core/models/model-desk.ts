import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { TrainerModel } from '../../../shared/contract/trainer.ts';
import type { ModelShape } from '../../../shared/models/model.ts';
import { nearestWord } from '../../../shared/text/nearest-word.ts';
import { quoted } from '../../files/file-error.ts';
import type { ModelStore, StoredModel } from './model-store.ts';

/** What a config check wants to know of a model. */
export interface ModelFacts extends ModelShape {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of model.safetensors. */
  readonly digest: string;
  readonly bytes: number;
}

/** The library of models as runs use it. */
export interface ModelDesk {
  /** By id or by any name that it has or had; null when there is none. */
  find(nameOrId: string): ModelFacts | null;
  /** Throws `not-found` for an unknown model and `bad-file` for one that is damaged; both name `model.start.model`. */
  forTrainer(nameOrId: string): TrainerModel;
  /** Names of all models, for the sentence of an unknown one. */
  names(): readonly string[];
}

/** `folder` is the library's. */
export function createModelDesk(store: ModelStore, folder: string): ModelDesk {
  return {
    find: (nameOrId) => {
      const model = store.getModel(nameOrId);
      return model && { ...model.shape, id: model.id, name: model.name, digest: model.sha256, bytes: model.bytes };
    },
    forTrainer: (nameOrId) => {
      const { id, name, sha256, state } = requireModel(store, nameOrId);
      if (state !== 'ready') {
        const what = state === 'unreadable' ? 'cannot be read' : 'has changed on the disk since it was added';
        throw unusable('bad-file', `The model ${quoted(name)} ${what}. Import it again.`, store);
      }
      return { id, name, folder: join(folder, id), digest: sha256 };
    },
    names: () => namesOf(store),
  };
}

/** A stored model by id or name; throws `not-found` with the nearest name and those that there are. */
export function requireModel(store: ModelStore, nameOrId: string): StoredModel {
  const model = store.getModel(nameOrId);
  if (model) return model;
  const names = namesOf(store);
  const nearest = nearestWord(nameOrId, names);
  const hint =
    names.length === 0
      ? 'The library has none yet; import a Hugging Face folder first.'
      : nearest === undefined
        ? `There ${names.length === 1 ? 'is' : 'are'}: ${listed(names)}.`
        : `Did you mean ${quoted(nearest)}?`;
  throw unusable('not-found', `There is no model ${quoted(nameOrId)} in the library. ${hint}`, store);
}

function unusable(code: 'not-found' | 'bad-file', message: string, store: ModelStore): InnerloopError {
  const names = namesOf(store);
  const allowed = names.length === 0 ? 'a model of the library; there is none yet' : `one of ${listed(names)}`;
  return new InnerloopError(code, message, { fields: [{ path: 'model.start.model', message, allowed }] });
}

const namesOf = (store: ModelStore): string[] => store.listModels().map(({ name }) => name);

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(quoted).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}
