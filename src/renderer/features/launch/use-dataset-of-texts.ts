import { useEffect } from 'react';
import { valueAtPath } from '../../../shared/run-config/fields.ts';
import { useRequest } from '../../app/core.ts';
import { changeField, type Draft, presetOf } from './draft.ts';

/**
 * The preset for texts names no dataset that there must be: as long as its own name stands in the form and the library
 * has none of that name, the first dataset of texts is taken.
 */
export function useDatasetOfTexts(draft: Draft, set: (change: (draft: Draft) => Draft) => void): void {
  const list = useRequest('datasets.list', null, { refreshOn: ['dataset.changed', 'dataset.removed'] });
  const placeholder = placeholderOf(draft);
  const first = list.value?.find(({ kind, state }) => kind === 'text-classes' && state === 'ready');
  const known = list.value?.some(({ id, name }) => id === placeholder || name === placeholder) ?? false;
  const wanted = placeholder !== null && !known ? first?.name : undefined;
  useEffect(() => {
    if (wanted !== undefined) set((now) => (placeholderOf(now) ? changeField(now, 'task.dataset', wanted) : now));
  }, [wanted, set]);
}

/** The preset's name of a dataset of texts where it still stands in the form; null otherwise. */
function placeholderOf(draft: Draft): string | null {
  const { task } = presetOf(draft).config;
  if (task.kind !== 'text-classes' || valueAtPath(draft.values, 'task.kind') !== 'text-classes') return null;
  return valueAtPath(draft.values, 'task.dataset') === task.dataset ? task.dataset : null;
}
