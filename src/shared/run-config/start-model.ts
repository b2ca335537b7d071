import type { RunConfig } from './schema.ts';

/** What stands for a start in place of a model's name; no model of the library may be called so. */
export const fromScratch = 'scratch';

/** The field that names the model of the library which a run begins with, and that model; null where it has none. */
export function startModel({
  model,
  algorithm,
}: Pick<RunConfig, 'model' | 'algorithm'>): { readonly path: string; readonly model: string } | null {
  if (algorithm.kind === 'fine-tune-network') {
    return algorithm.start === fromScratch ? null : { path: 'algorithm.start', model: algorithm.start };
  }
  if (model.kind !== 'encoder' || model.start.kind !== 'pretrained') return null;
  return { path: 'model.start.model', model: model.start.model };
}
