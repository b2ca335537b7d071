import type { ColumnId } from './columns.ts';
import type { RunQuery } from './use-run-list.ts';

/** What the runs page keeps while one is elsewhere, so that Back finds it as it was. One memory per view and filter. */
export interface PageMemory {
  scrollTop: number;
  cursor: string | null;
  openGroups: ReadonlySet<string>;
}

export interface TableSettings {
  readonly grouping: 'all-but-seed' | 'none';
  readonly sort: RunQuery['sort'];
  readonly hidden: ReadonlySet<ColumnId>;
}

const memories = new Map<string, PageMemory>();
let settings: TableSettings = {
  grouping: 'all-but-seed',
  sort: { by: 'created', order: 'descending' },
  hidden: new Set(),
};
/** Ids of the list that was shown last, for "previous" and "next" on a run's page. */
let lastList: readonly string[] = [];

export function memoryOf(view: RunQuery['view'], filter: string): PageMemory {
  const key = `${view} ${filter}`;
  const known = memories.get(key) ?? { scrollTop: 0, cursor: null, openGroups: new Set<string>() };
  memories.set(key, known);
  return known;
}

export const tableSettings = (): TableSettings => settings;
export const keepTableSettings = (next: TableSettings): void => {
  settings = next;
};

export const keepList = (ids: readonly string[]): void => {
  lastList = ids;
};

/** The run before or after this one in the list that was shown last; undefined at its ends. */
export function neighbour(id: string, by: 1 | -1): string | undefined {
  const at = lastList.indexOf(id);
  return at === -1 ? undefined : lastList[at + by];
}
