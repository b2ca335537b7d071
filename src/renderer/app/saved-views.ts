import { useSyncExternalStore } from 'react';
import { request } from './core.ts';

/** A named filter of the runs page; kept in the core's settings. */
export interface SavedView {
  readonly name: string;
  readonly filter: string;
}

const settingKey = 'runs.views';
let views: readonly SavedView[] = [];
let asked: 'yes' | 'no' = 'no';
const listeners = new Set<() => void>();

function adopt(next: readonly SavedView[]): void {
  views = next;
  for (const listener of listeners) listener();
}

/** Views in a stored text; what is not one is left out. */
export function parseViews(text: string): readonly SavedView[] {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return []; // a damaged setting: start afresh
  }
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((each: unknown) => {
    const { name, filter } = (each ?? {}) as { readonly name?: unknown; readonly filter?: unknown };
    return typeof name === 'string' && typeof filter === 'string' ? [{ name, filter }] : [];
  });
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  if (asked === 'no') {
    asked = 'yes';
    void request('settings.get', null).then(
      (settings) => adopt(parseViews(settings[settingKey] ?? '[]')),
      () => {
        asked = 'no'; // asked again by the next component that wants them
      },
    );
  }
  return () => listeners.delete(listener);
}

export const useSavedViews = (): readonly SavedView[] => useSyncExternalStore(follow, () => views);

async function store(next: readonly SavedView[]): Promise<void> {
  await request('settings.set', { key: settingKey, value: JSON.stringify(next) });
  adopt(next);
}

/** Adds a view, or replaces the one of this name. Throws a RequestFailure. */
export const saveView = (view: SavedView): Promise<void> =>
  store([...views.filter(({ name }) => name !== view.name), view]);

/** Throws a RequestFailure. */
export const removeView = (name: string): Promise<void> => store(views.filter((view) => view.name !== name));
