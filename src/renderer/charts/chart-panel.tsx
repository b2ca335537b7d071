import { type ReactNode, useRef, useState } from 'react';
import { shell } from '../app/core.ts';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { Panel } from '../ui/page.tsx';
import { useToasts } from '../ui/toast.tsx';
import { csvOf, fileNameOf } from './chart-csv.ts';
import { ChartTable } from './chart-table.tsx';
import { LineChart, type LineChartHandle, type LineChartProps } from './line-chart.tsx';
import { type ChartSeries, nonPositive } from './series.ts';

export interface ChartPanelProps extends Omit<LineChartProps, 'ref' | 'onTable'> {
  /** Names smoothing, intervals, sampling, hidden series. */
  readonly sub?: string;
  /** Controls before the chart's own menu. */
  readonly tools?: ReactNode;
  /** Begins the names of saved files: the run's or the comparison's name. */
  readonly fileName: string;
  /** Every stored point, for export; without it, the points at hand are all there are. */
  readonly allPoints?: () => Promise<readonly ChartSeries[]>;
  readonly className?: string;
  readonly style?: React.CSSProperties;
  /** Stands over the plot while there is nothing to draw. */
  readonly empty?: ReactNode;
  /** Below the plot. */
  readonly children?: ReactNode;
}

type Open = 'nothing' | 'enlarged' | 'table';

/** A chart with its title, its controls and its menu: enlarge, read as a table, save as a picture or as points. */
export function ChartPanel(props: ChartPanelProps) {
  const { sub, tools, fileName, allPoints, className, style, empty, children, ...chart } = props;
  const handle = useRef<LineChartHandle>(null);
  const enlargedHandle = useRef<LineChartHandle>(null);
  const [open, setOpen] = useState<Open>('nothing');
  const toasts = useToasts();
  const leftOut = chart.yAxis.scale === 'log' ? nonPositive(chart.series) : 0;

  const save = async (name: string, make: () => Promise<Uint8Array>): Promise<void> => {
    try {
      if ((await shell.saveAs(name, await make())) === 'saved') toasts.tell('Saved', 'download');
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
  };
  const savePicture = () =>
    void save(`${fileNameOf(fileName, chart.title)}.png`, async () => {
      const drawn = (open === 'enlarged' ? enlargedHandle : handle).current;
      if (!drawn) throw new Error('The chart is not drawn yet. Scroll to it and try again.');
      return drawn.toPng();
    });
  const savePoints = () =>
    void save(`${fileNameOf(fileName, chart.title)}.csv`, async () =>
      new TextEncoder().encode(csvOf(allPoints ? await allPoints() : chart.series)),
    );
  const hasPoints = chart.series.some(({ steps }) => steps.length > 0);
  return (
    <Panel
      title={chart.title}
      sub={leftOut === 0 ? sub : [sub, `${leftOut} values ≤ 0 left out`].filter(Boolean).join(' · ')}
      tools={
        <>
          {tools}
          <IconButton size="small" icon="expand" label="Enlarge" onClick={() => setOpen('enlarged')} />
          <Menu
            align="end"
            trigger={<IconButton size="small" icon="more" label={`Menu of ${chart.title}`} />}
            entries={[
              { kind: 'act', icon: 'table', label: 'Read as a table', act: () => setOpen('table') },
              { kind: 'line' },
              { kind: 'act', icon: 'image', label: 'Save as a picture (PNG)…', act: savePicture },
              { kind: 'act', icon: 'download', label: 'Save every point (CSV)…', act: savePoints },
            ]}
          />
        </>
      }
      {...(className ? { className } : {})}
      {...(style ? { style } : {})}
    >
      {!hasPoints && empty ? (
        <div className="chart-empty">{empty}</div>
      ) : (
        <LineChart {...chart} ref={handle} onTable={() => setOpen('table')} />
      )}
      {children}
      {open === 'enlarged' && (
        <Dialog title={chart.title} onClose={() => setOpen('nothing')} width={1240} className="chart-enlarged">
          {sub && <p className="t11 muted">{sub}</p>}
          <div className="chart-large">
            <LineChart {...chart} ref={enlargedHandle} onTable={() => setOpen('table')} />
          </div>
        </Dialog>
      )}
      {open === 'table' && (
        <ChartTable
          title={chart.title}
          series={chart.series}
          xName={chart.xName ?? 'Iteration'}
          yAxis={chart.yAxis}
          onClose={() => setOpen('nothing')}
        />
      )}
    </Panel>
  );
}
