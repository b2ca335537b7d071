import { useEffect } from 'react';
import { valueAtPath } from '../../../shared/run-config/fields.ts';
import { useRequest } from '../../app/core.ts';
import { datasetKindFor } from './dataset-kind.ts';
import { changeField, type Draft, namesNoDataset, presetOf } from './draft.ts';

/**
 * The presets for texts, rows and clips name no dataset that there must be: as long as their own name stands in the form
 * and the library has none of that name, the first dataset of the kind is taken.
 */
export function useFirstDataset(draft: Draft, set: (change: (draft: Draft) => Draft) => void): void {
  const list = useRequest('datasets.list', null, { refreshOn: ['dataset.changed', 'dataset.removed'] });
  const placeholder = placeholderOf(draft);
  const wantedKind = datasetKindFor(valueAtPath(draft.values, 'task.kind'));
  const first = list.value?.find(({ kind, state }) => kind === wantedKind && state === 'ready');
  const known = list.value?.some(({ id, name }) => id === placeholder || name === placeholder) ?? false;
  const wanted = placeholder !== null && !known ? first?.name : undefined;
  useEffect(() => {
    if (wanted !== undefined) set((now) => (placeholderOf(now) ? changeField(now, 'task.dataset', wanted) : now));
  }, [wanted, set]);
}

/** The preset's name of a dataset where it still stands in the form; null otherwise. */
function placeholderOf(draft: Draft): string | null {
  const preset = presetOf(draft).config;
  const { task } = preset;
  if (!namesNoDataset(preset, 'task.dataset') || !('dataset' in task)) return null;
  if (valueAtPath(draft.values, 'task.kind') !== task.kind) return null;
  return valueAtPath(draft.values, 'task.dataset') === task.dataset ? task.dataset : null;
}
