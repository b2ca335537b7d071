import { useMemo, useRef, useState } from 'react';
import { type FieldTable, fieldChoices, fieldTable } from '../../../shared/comparison/field-table.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { shell } from '../../app/core.ts';
import { fileNameOf } from '../../charts/chart-csv.ts';
import { Swatch } from '../../charts/swatch.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Panel } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { FieldChart, type FieldChartProps } from './field-chart.tsx';
import {
  chooseField,
  fieldCsv,
  fieldNotes,
  fieldScale,
  fieldSubtitle,
  lineSlots,
  meanWords,
  metricTitle,
  placeWord,
  pointText,
} from './field-view.ts';
import { compareProtocols } from './protocols.ts';
import type { CompareView } from './use-compare-view.ts';
import { useSize } from './use-size.ts';

export interface FieldPanelProps {
  readonly title: string;
  /** Runs of the groups that are shown. */
  readonly runs: readonly RunSummary[];
  readonly view: CompareView;
  /** Runs of the group under the pointer. */
  readonly raised: ReadonlySet<string> | null;
  readonly onChange: (change: Partial<CompareView>) => void;
}

/** The result against a field in which the runs differ; nothing where they differ in none. */
export function FieldPanel({ title, runs, view, raised, onChange }: FieldPanelProps) {
  const choices = useMemo(() => fieldChoices(runs), [runs]);
  const field = chooseField(choices, view.field);
  const table = useMemo(() => (field ? fieldTable(runs, field) : null), [runs, field]);
  const [reading, setReading] = useState(false);
  const toasts = useToasts();
  if (!field || !table) return null;
  const xScale = fieldScale(table, view.fieldScale);
  const save = async (): Promise<void> => {
    try {
      const name = `${fileNameOf(title, field.path)}.csv`;
      const saved = await shell.saveAs(name, new TextEncoder().encode(fieldCsv(table)));
      if (saved === 'saved') toasts.tell('Saved', 'download');
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
  };
  const name = `${metricTitle(table)} against ${field.label}`;
  return (
    <Panel
      title="Against a field"
      sub={fieldSubtitle(table)}
      className="by-field"
      tools={
        <>
          <Select
            look="button"
            label="Field"
            value={field.path}
            options={choices.map(({ path, label }) => ({ value: path, label }))}
            onChange={(path) => onChange({ field: path })}
          />
          {field.values === 'numbers' && (
            <Checkbox
              label="Log axis"
              checked={xScale === 'log'}
              onChange={(on) => onChange({ fieldScale: on ? 'log' : 'linear' })}
            />
          )}
          <Menu
            align="end"
            trigger={<IconButton size="small" icon="more" label="Menu of Against a field" />}
            entries={[
              { kind: 'act', icon: 'table', label: 'Read as a table', act: () => setReading(true) },
              { kind: 'act', icon: 'download', label: 'Save every run (CSV)…', act: () => void save() },
            ]}
          />
        </>
      }
    >
      <Legend table={table} patterns={view.patterns} />
      <Plot
        {...{ table, xScale, raised }}
        yScale={view.logY === 'on' && table.metric === 'loss' ? 'log' : 'linear'}
        patterns={view.patterns}
      />
      <Notes table={table} runs={runs} />
      {reading && (
        <Dialog title={name} onClose={() => setReading(false)} width={Math.min(1000, 260 + table.lines.length * 160)}>
          <Table table={table} />
        </Dialog>
      )}
    </Panel>
  );
}

/** The chart in the room that the panel leaves it. */
function Plot(props: Omit<FieldChartProps, 'size'>) {
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  return (
    <div className="plot-place" ref={place}>
      {props.table.lines.length === 0 ? (
        <p className="t12 soft pad">No run has finished yet.</p>
      ) : (
        size.width > 0 && <FieldChart {...props} size={size} />
      )}
    </div>
  );
}

function Legend({ table, patterns }: { readonly table: FieldTable; readonly patterns: 'on' | 'off' }) {
  const slots = lineSlots(table);
  return (
    <ul className="line-legend t12" aria-label="Lines">
      {table.lines.map(({ key, label }, index) => (
        <li key={key}>
          <Swatch colour={slots[index]!} dashed={patterns === 'on'} />
          {label}
        </li>
      ))}
    </ul>
  );
}

/** The protocol that the values share, and what tells them apart. */
function Notes({ table, runs }: { readonly table: FieldTable; readonly runs: readonly RunSummary[] }) {
  const ids = new Set(table.lines.flatMap(({ points }) => points.flatMap(({ seeds }) => seeds.map(({ id }) => id))));
  const counted = runs.filter(({ id }) => ids.has(id));
  const { common, differing } = compareProtocols(counted, table.measured);
  const sentences = [
    ...fieldNotes(table),
    ...differing.map(({ field, values }) => `Protocols differ in ${field}: ${values.join('; ')}.`),
    ...(common ? [`Protocol: ${protocolWords(common)}.`] : []),
  ];
  return <p className="t11 muted notes">{sentences.join(' ')}</p>;
}

const bare = new Set(['data', 'split', 'task']);
const protocolWords = (common: Readonly<Record<string, string>>): string =>
  Object.entries(common)
    .map(([name, value]) => (bare.has(name) ? value : name === 'episodes' ? `${value} ${name}` : `${name} ${value}`))
    .join(', ');

/** A row for each place, a column for each line. */
function Table({ table }: { readonly table: FieldTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
    <section className="scroll by-field-table" tabIndex={0} aria-label={metricTitle(table)}>
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">{table.field.label}</th>
            {table.lines.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.places.map((place) => (
            <tr key={place.word}>
              <th scope="row">{placeWord(table, place)}</th>
              {table.lines.map(({ key, points }) => {
                const point = points.find((each) => each.place.at === place.at);
                return (
                  <td key={key} className="num">
                    {point ? `${pointText(table, point)} (${point.seeds.length})` : '–'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="t11 muted">In brackets the seeds that count; {meanWords(table)}.</p>
    </section>
  );
}
