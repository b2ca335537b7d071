import type { CoreContext } from './context.ts';
import { newId } from './identity.ts';
import { createModelLibrary, type ModelLibrary } from './models/model-library.ts';
import { modelStore } from './store/models.ts';

/** Opens the library of models of a data folder on its store; `prepare` looks whether they are all there. */
export const openModels = ({ db, layout, now, announce }: CoreContext): ModelLibrary =>
  createModelLibrary({
    store: modelStore(db),
    folder: layout.models,
    now,
    newSuffix: () => newId().slice(0, 6),
    announce,
  });
