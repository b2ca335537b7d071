// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, which a table element does not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are read, not operated
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { count, setting } from '../app/format.ts';
import { Dialog } from '../ui/dialog.tsx';
import { type Axis, type ChartSeries, spoken } from './series.ts';
import { valueText } from './view.ts';

export interface ChartTableProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly xName: string;
  readonly yAxis: Axis;
  readonly onClose: () => void;
}

interface Row {
  readonly step: number;
  readonly texts: readonly string[];
}

/** One row a step, one column a series; unsmoothed. */
export function tableRows(series: readonly ChartSeries[], yAxis: Axis): Row[] {
  const byStep = new Map<number, string[]>();
  series.forEach((each, column) => {
    const line = spoken(each);
    for (let index = 0; index < line.steps.length; index++) {
      const step = line.steps[index]!;
      const texts = byStep.get(step) ?? new Array<string>(series.length).fill('');
      const half = each.band && !each.raw ? (each.band.high[index]! - each.band.low[index]!) / 2 : null;
      texts[column] = valueText(yAxis, line.values[index]!, half);
      byStep.set(step, texts);
    }
  });
  return [...byStep].map(([step, texts]) => ({ step, texts })).sort((a, b) => a.step - b.step);
}

const rowHeight = 26;
const tallest = 520;

/** A chart read as a table; only the rows in sight exist in the page. */
export function ChartTable({ title, series, xName, yAxis, onClose }: ChartTableProps) {
  const rows = useMemo(() => tableRows(series, yAxis), [series, yAxis]);
  return (
    <Dialog title={title} onClose={onClose} width={Math.min(1000, 240 + series.length * 150)}>
      <p>
        {yAxis.title}, {count(rows.length)} rows, unsmoothed.
      </p>
      <VirtualRows rows={rows} series={series} xName={xName} />
    </Dialog>
  );
}

interface VirtualRowsProps {
  readonly rows: readonly Row[];
  readonly series: readonly ChartSeries[];
  readonly xName: string;
}

/** Inside the dialog, so that its scroller stands when the rows are measured. */
function VirtualRows({ rows, series, xName }: VirtualRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const columns = { gridTemplateColumns: `110px repeat(${series.length}, minmax(120px, 1fr))` };
  return (
    <div
      className="chart-table"
      ref={scroller}
      role="table"
      aria-rowcount={rows.length + 1}
      style={{ height: Math.min(tallest, (rows.length + 1) * rowHeight + 2) }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
      tabIndex={0}
    >
      <div role="rowgroup">
        <div role="row" className="head-row" style={columns} aria-rowindex={1}>
          <span role="columnheader">{xName}</span>
          {series.map((each) => (
            <span role="columnheader" key={each.key}>
              {each.name}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]!;
          return (
            <div
              role="row"
              key={row.step}
              aria-rowindex={item.index + 2}
              style={{ ...columns, transform: `translateY(${item.start}px)` }}
            >
              <span role="rowheader">{setting(row.step)}</span>
              {row.texts.map((text, column) => (
                <span role="cell" key={series[column]!.key}>
                  {text || '–'}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
