import type { RequestOf } from '../../../shared/contract/requests.ts';

export type ColumnId = 'algorithm' | 'dataset' | 'way' | 'seed' | 'best' | 'loss' | 'duration' | 'started' | 'tags';

export type SortKey = RequestOf<'runs.list'>['sort']['by'];

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly sort: SortKey | null;
}

/** In the order shown; the name stands before them and takes what is left. */
export const columns: readonly Column[] = [
  { id: 'algorithm', title: 'Algorithm', width: 82, align: 'left', sort: 'algorithm' },
  { id: 'dataset', title: 'Dataset', width: 98, align: 'left', sort: 'dataset' },
  { id: 'way', title: 'Way · shot', width: 78, align: 'left', sort: null },
  { id: 'seed', title: 'Seed', width: 62, align: 'left', sort: 'seed' },
  { id: 'best', title: 'Best ± 95 % CI', width: 132, align: 'right', sort: 'best' },
  { id: 'loss', title: 'Last loss', width: 122, align: 'left', sort: 'loss' },
  { id: 'duration', title: 'Duration', width: 96, align: 'right', sort: 'duration' },
  { id: 'started', title: 'Started', width: 78, align: 'right', sort: 'created' },
  { id: 'tags', title: 'Tags', width: 122, align: 'left', sort: null },
];

/** The order in which columns leave a narrow table; the sparkline goes with `loss-line`. */
const leaving: readonly (ColumnId | 'loss-line')[] = ['tags', 'started', 'loss-line', 'seed', 'way', 'dataset'];

export interface Layout {
  readonly shown: readonly Column[];
  readonly sparkline: 'yes' | 'no';
  /** Value of grid-template-columns. */
  readonly template: string;
}

const nameWidth = 170;
const edges = 34 + 24 + 28 + 10 + 8; // box, state, star, ends
const lossAlone = 68;

/** The columns that fit into so many pixels, of those that the user wants. */
export function layoutFor(width: number, hidden: ReadonlySet<ColumnId>): Layout {
  let shown = columns.filter(({ id }) => !hidden.has(id));
  let sparkline: 'yes' | 'no' = 'yes';
  const widthOf = ({ id, width: full }: Column): number => (id === 'loss' && sparkline === 'no' ? lossAlone : full);
  const needed = (): number => shown.reduce((sum, column) => sum + widthOf(column), edges + nameWidth);
  for (const leaver of leaving) {
    if (needed() <= width) break;
    if (leaver === 'loss-line') sparkline = 'no';
    else shown = shown.filter(({ id }) => id !== leaver);
  }
  const middle = shown.map((column) => `${widthOf(column)}px`).join(' ');
  return { shown, sparkline, template: `34px 24px minmax(${nameWidth - 20}px, 1fr) ${middle} 28px 10px` };
}
