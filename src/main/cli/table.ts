export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Columns with a larger number leave first when the terminal is narrow; those without one stay. */
  readonly leaves?: number;
  /** May be shortened with an ellipsis to this width when nothing else can leave. */
  readonly shrinksTo?: number;
  readonly cells: readonly string[];
}

const gap = '  ';

/** Lines of a table, fitted to `width` columns: first columns leave, then cells are shortened. */
export function tableLines(columns: readonly Column[], width: number): string[] {
  const kept = withoutLeavers(columns, width);
  const widths = shrunk(kept, width);
  const line = (cellOf: (column: Column) => string): string =>
    kept
      .map((column, i) => padded(cellOf(column), widths[i]!, column.align ?? 'left'))
      .join(gap)
      .trimEnd();
  const rows = kept[0]?.cells.length ?? 0;
  return [
    line((column) => column.title),
    ...Array.from({ length: rows }, (_, row) => line((column) => column.cells[row] ?? '')),
  ];
}

const naturalWidth = ({ title, cells }: Column): number => Math.max(title.length, ...cells.map((cell) => cell.length));

const totalWidth = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + gap.length * Math.max(0, widths.length - 1);

function withoutLeavers(columns: readonly Column[], width: number): readonly Column[] {
  let kept = columns;
  while (totalWidth(kept.map(naturalWidth)) > width) {
    const next = Math.max(...kept.map(({ leaves }) => leaves ?? 0));
    if (next === 0) break;
    kept = kept.filter(({ leaves }) => leaves !== next);
  }
  return kept;
}

function shrunk(columns: readonly Column[], width: number): number[] {
  const widths = columns.map(naturalWidth);
  columns.forEach(({ shrinksTo }, i) => {
    const excess = totalWidth(widths) - width;
    if (shrinksTo !== undefined && excess > 0)
      widths[i] = Math.max(Math.min(shrinksTo, widths[i]!), widths[i]! - excess);
  });
  return widths;
}

function padded(cell: string, width: number, align: 'left' | 'right'): string {
  const fitting = cell.length > width ? `${cell.slice(0, Math.max(0, width - 1))}…` : cell;
  return align === 'right' ? fitting.padStart(width) : fitting.padEnd(width);
}
