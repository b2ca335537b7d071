import { Fragment } from 'react';
import { Link } from 'react-router';
import { addressOf } from '../../app/addresses.ts';
import { fixed, plural } from '../../app/format.ts';
import { Swatch } from '../../charts/swatch.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Panel } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import type { DifferenceRow, DifferenceTable, Judged, JudgedMetric } from './difference.ts';
import { type CompareGroup, seedsForInterval } from './groups.ts';
import { IntervalPlot, intervalScale } from './interval-plot.tsx';
import type { Protocols } from './protocols.ts';

export interface DifferencePanelProps {
  readonly table: DifferenceTable;
  readonly judged: Judged;
  readonly protocols: Protocols;
  readonly patterns: 'on' | 'off';
  readonly groups: readonly CompareGroup[];
  readonly onJudged: (judged: Judged) => void;
  readonly onBaseline: (key: string) => void;
}

const advisedSeeds = 5;

const judgedOptions = [
  { value: 'best', label: 'Best' },
  { value: 'final', label: 'Final' },
] as const;

/** Each group against a baseline: difference of means, Welch interval, probability of improvement. */
export function DifferencePanel({
  table,
  judged,
  protocols,
  patterns,
  groups,
  onJudged,
  onBaseline,
}: DifferencePanelProps) {
  const { metric, baseline, rows, leftOut } = table;
  return (
    <Panel
      title="Difference"
      sub={`${judged === 'best' ? 'best validation' : 'final'} ${metric}${metric === 'accuracy' ? ', points' : ''}`}
      className="difference"
      tools={
        <>
          <Segmented size="small" label="Value" value={judged} options={judgedOptions} onChange={onJudged} />
          {baseline && (
            <Select
              look="button"
              className="sm"
              prefix="Baseline"
              label="Baseline"
              value={baseline.key}
              options={[baseline, ...rows.map(({ group }) => group)].map(({ key, short }) => ({
                value: key,
                label: short,
              }))}
              onChange={onBaseline}
            />
          )}
        </>
      }
    >
      {protocols.differing.length > 0 && <ProtocolNote protocols={protocols} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label="Differences from the baseline">
        {rows.length === 0 ? (
          <p className="t12 soft pad">
            {baseline
              ? 'Only one group has a finished run. Differences need two.'
              : 'No run has finished with this value yet. Unfinished runs are drawn, but not counted.'}
          </p>
        ) : (
          <Table rows={rows} metric={metric} patterns={patterns} />
        )}
        {leftOut.length > 0 && (
          <p className="t11 muted left-out">
            Left out: {leftOut.map(({ group, reason }) => `${group.short} (${reason})`).join(', ')}.
          </p>
        )}
      </section>
      <p className="foot">
        {rows.length > 0 &&
          'Welch interval over seeds. P(better): share of seed pairs in which the group beats the baseline. '}
        {protocols.common && <CommonProtocol protocols={protocols} />}
        <FewSeeds groups={groups} />
      </p>
    </Panel>
  );
}

interface TableProps {
  readonly rows: readonly DifferenceRow[];
  readonly metric: JudgedMetric;
  readonly patterns: 'on' | 'off';
}

function Table({ rows, metric, patterns }: TableProps) {
  const scale = intervalScale(rows);
  return (
    <table className="mini stat">
      <thead>
        <tr>
          <th>Group</th>
          <th className="n">Mean</th>
          <th className="n">95 % CI</th>
          <th className="plot-head">
            <span className="sr-only">Interval </span>
            {scale ? `${signed(scale.low, metric)}, ${signed(scale.high, metric)}` : ''}
          </th>
          <th className="n">P(better)</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.group.key} row={row} metric={metric} scale={scale} patterns={patterns} />
        ))}
      </tbody>
    </table>
  );
}

/** In points of percent for accuracies, with a sign. */
export function signed(value: number, metric: JudgedMetric): string {
  const shown = metric === 'accuracy' ? value * 100 : value;
  const text = fixed(Math.abs(shown), metric === 'accuracy' ? 2 : 3);
  return Number(text) === 0 ? text : `${shown < 0 ? '−' : '+'}${text}`;
}

interface RowProps {
  readonly row: DifferenceRow;
  readonly metric: JudgedMetric;
  readonly scale: ReturnType<typeof intervalScale>;
  readonly patterns: 'on' | 'off';
}

function Row({ row, metric, scale, patterns }: RowProps) {
  const { group, seeds, difference, interval, probability, pairs } = row;
  const open = group.runs.length - group.finished.length;
  return (
    <tr className={`s${group.colour}`}>
      <td>
        <span className="row">
          <Swatch colour={group.colour} dashed={patterns === 'on'} />
          <span className="two">
            <b className="trunc" title={group.name}>
              {group.short}
            </b>
            <span>{open > 0 ? `${seeds} of ${group.runs.length} done` : plural(seeds, 'seed')}</span>
          </span>
        </span>
      </td>
      <td className="n">{signed(difference, metric)}</td>
      {interval && scale ? (
        <>
          <td className="n muted">
            {signed(interval.low, metric)}, {signed(interval.high, metric)}
          </td>
          <td>
            <IntervalPlot difference={difference} interval={interval} scale={scale} />
          </td>
        </>
      ) : (
        <td className="muted t11" colSpan={2}>
          no interval under {seedsForInterval} seeds
        </td>
      )}
      <td className="n">
        <span className="two">
          <b>{fixed(probability, 2)}</b>
          <span>{plural(pairs, 'pair')}</span>
        </span>
      </td>
    </tr>
  );
}

function ProtocolNote({ protocols }: { readonly protocols: Protocols }) {
  return (
    <p className="protocol-note">
      <Icon name="alert" small />
      <span>
        The values were not measured alike:{' '}
        {protocols.differing.map(({ field, values }, index) => (
          <Fragment key={field}>
            {index > 0 && '; '}
            <b>{field}</b> is {values.join(' or ')}
          </Fragment>
        ))}
        .
      </span>
    </p>
  );
}

/** "Every run: 600 test episodes, transductive batch norm." */
function CommonProtocol({ protocols }: { readonly protocols: Protocols }) {
  const { common } = protocols;
  if (!common) return null;
  const parts = [
    common.episodes ? `${common.episodes} ${common.split ?? ''} episodes` : '',
    common.task ?? '',
    common['inner steps'] ? `${common['inner steps']} inner steps` : '',
    common['batch norm'] && common['batch norm'] !== 'none' ? `${common['batch norm']} batch norm` : '',
  ].filter(Boolean);
  return parts.length > 0 ? <>Every run: {parts.join(', ')}. </> : null;
}

function FewSeeds({ groups }: { readonly groups: readonly CompareGroup[] }) {
  const few = groups.filter(({ runs }) => runs.length > 1 && runs.length < advisedSeeds);
  const first = few[0]?.runs[0];
  if (!first) return null;
  return (
    <>
      {plural(few.length, 'group')} {few.length === 1 ? 'has' : 'have'} under {advisedSeeds} seeds:{' '}
      <Link to={addressOf.newRun({ from: first.id })}>run more of {few[0]!.short}</Link>.
    </>
  );
}
