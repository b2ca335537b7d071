// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual treegrid are placed by hand
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type CSSProperties, memo, type ReactNode } from 'react';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { count, percent, timeLeft } from '../../app/format.ts';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { StateMark, stateWords } from '../../ui/marks.tsx';
import { type CellContext, groupCell, runCell, StateNote } from './cells.tsx';
import type { Column } from './columns.ts';
import type { TableRow } from './table-rows.ts';

export interface RowProps {
  readonly row: TableRow;
  readonly index: number;
  readonly top: number;
  readonly cursor: boolean;
  readonly selected: 'none' | 'some' | 'all';
  readonly flag: boolean;
  readonly context: CellContext;
  /** Of a section heading. */
  readonly heading?: ReactNode;
  readonly grip?: ReactNode;
}

/** One row; memoised, since a live run changes only its own. Clicks are handled by the table. */
export const Row = memo(function Row(props: RowProps) {
  const { row } = props;
  switch (row.kind) {
    case 'section':
      return (
        <div className="tr sec" role="row" aria-rowindex={props.index + 2} aria-level={1} style={placed(props.top)}>
          {props.heading}
        </div>
      );
    case 'group':
      return <GroupRow {...props} />;
    case 'run':
      return <RunRow {...props} run={row.run} />;
  }
});

const placed = (top: number): CSSProperties => ({ transform: `translateY(${top}px)` });

function Box({ share, label }: { readonly share: RowProps['selected']; readonly label: string }) {
  return (
    <span
      className={classNames('check', share === 'all' && 'on', share === 'some' && 'mixed')}
      role="checkbox"
      aria-checked={share === 'all' ? true : share === 'some' ? 'mixed' : false}
      aria-label={label}
      data-part="box"
    />
  );
}

const cellClass = ({ id, align }: Column): string =>
  classNames(
    align === 'right' && 'n',
    id === 'tags' && 'tags',
    ['algorithm', 'dataset', 'way', 'seed'].includes(id) && 'soft num',
    id === 'started' && 'muted',
  );

const shareDone = (run: RunSummary): number =>
  run.config.outer.iterations > 0 ? run.iteration / run.config.outer.iterations : 0;

function RunRow({
  row,
  run,
  index,
  top,
  cursor,
  selected,
  flag,
  context,
  grip,
}: RowProps & { readonly run: RunSummary }) {
  const level = row.kind === 'run' ? row.level : 1;
  const active = isActive(run.state);
  const done = shareDone(run);
  return (
    <div
      id={`row-${row.id}`}
      className={classNames(
        'tr',
        level === 2 && 'kid',
        active && 'live',
        run.state === 'queued' && 'queued',
        selected === 'all' && 'sel',
        cursor && 'cursor',
      )}
      role="row"
      aria-rowindex={index + 2}
      aria-level={level}
      aria-selected={selected === 'all'}
      aria-label={active ? spokenProgress(run) : undefined}
      data-index={index}
      style={placed(top)}
    >
      <span className="cc" role="gridcell">
        {grip ?? <Box share={selected} label={`Select ${run.name}`} />}
      </span>
      <span className="cc" role="gridcell">
        <StateMark state={run.state} done={done} />
      </span>
      <span className="nm" role="gridcell">
        <span className={classNames('trunc', run.state === 'queued' && 'soft')} title={run.name}>
          {run.name}
        </span>
        {active && (
          <span className="tag accent num">{run.state === 'running' ? percent(done, 0) : stateWords[run.state]}</span>
        )}
        <StateNote run={run} />
      </span>
      {context.layout.shown.map((column) => (
        <span key={column.id} className={cellClass(column)} role="gridcell">
          {runCell(column.id, run, context, flag)}
        </span>
      ))}
      <span className="cc" role="gridcell">
        <Star on={run.starred === 'yes'} name={run.name} />
      </span>
      {active && (
        <span className="bar-under" aria-hidden="true" style={{ '--v': `${done * 100}%` } as CSSProperties}>
          <i />
        </span>
      )}
    </div>
  );
}

function spokenProgress(run: RunSummary): string {
  const total = run.config.outer.iterations;
  const left = run.etaMs === null ? '' : `, about ${timeLeft(run.etaMs)} left`;
  return `${run.name}, ${stateWords[run.state].toLowerCase()}, ${count(run.iteration)} of ${count(total)} iterations${left}`;
}

function GroupRow({ row, index, top, cursor, selected, flag, context }: RowProps) {
  if (row.kind !== 'group') return null;
  const { group, open } = row;
  const state = group.finished === group.runs.length ? 'completed' : stateOfGroup(group.runs);
  return (
    <div
      id={`row-${row.id}`}
      className={classNames('tr grp', selected === 'all' && 'sel', cursor && 'cursor')}
      role="row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={open}
      aria-selected={selected === 'all'}
      data-index={index}
      style={placed(top)}
    >
      <span className="cc" role="gridcell">
        <Box share={selected} label={`Select the runs of ${group.name}`} />
      </span>
      <span className="cc" role="gridcell">
        <StateMark state={state} />
      </span>
      <span className="nm" role="gridcell">
        <Icon name={open ? 'down' : 'right'} small />
        <span className="trunc" title={group.name}>
          {group.name}
        </span>
      </span>
      {context.layout.shown.map((column) => (
        <span key={column.id} className={cellClass(column)} role="gridcell">
          {groupCell(column.id, group, context, flag)}
        </span>
      ))}
      <span className="cc" role="gridcell">
        <Star on={group.starred === 'yes'} name={group.name} />
      </span>
    </div>
  );
}

/** The state that most needs attention among runs that are not all completed. */
function stateOfGroup(runs: readonly RunSummary[]): RunSummary['state'] {
  const order = ['failed', 'interrupted', 'paused', 'stopped', 'completed'] as const;
  return order.find((state) => runs.some((run) => run.state === state)) ?? 'completed';
}

function Star({ on, name }: { readonly on: boolean; readonly name: string }) {
  return (
    <button
      type="button"
      className="starbox"
      tabIndex={-1}
      aria-pressed={on}
      aria-label={on ? `Take the star from ${name}` : `Star ${name}`}
      data-part="star"
    >
      <Icon name="star" small className={on ? 'fill starred' : 'unstar'} />
    </button>
  );
}
