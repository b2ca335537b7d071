import type { ReactNode } from 'react';
import { algorithmFacts } from '../../../shared/run-config/algorithm-facts.ts';
import { batchNormOf } from '../../../shared/run-config/model-facts.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { taskFacts, wayOf } from '../../../shared/run-config/task-facts.ts';
import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import {
  duration,
  exactMoment,
  loss,
  type Measured,
  measuredParts,
  moment,
  momentAhead,
  percent,
  plural,
  timeLeft,
} from '../../app/format.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/marks.tsx';
import type { ColumnId, Layout } from './columns.ts';
import { type RunGroup, seedsForInterval } from './run-groups.ts';

export const algorithmName = (config: RunConfig): string => algorithmFacts[config.algorithm.kind].label;

export const datasetName = (run: RunSummary): string => run.dataset?.name ?? run.config.task.kind;

export function wayAndShot({ task }: RunConfig): string {
  if ('perClass' in task) {
    const examples = task.perClass === 0 ? 'all' : `${task.perClass}k`;
    return task.kind === 'image-examples'
      ? `${task.classes || 'all'}c · ${examples}`
      : `${examples} ${taskFacts[task.kind].counted}`;
  }
  if (!('shot' in task)) return 'texts';
  const way = wayOf(task);
  return way === null ? `${task.shot} points` : `${way}w · ${task.shot}s`;
}

/** What a best value stands on, for the hover: every number carries its protocol. */
export function bestProtocol(run: RunSummary): string {
  const { best, config } = run;
  if (!best) return 'No validation yet';
  const what = best.metric === 'accuracy' ? 'validation accuracy' : 'validation loss (mean squared error)';
  const { task } = config;
  const way = wayOf(task);
  const size = !('shot' in task)
    ? 'the whole validation split'
    : way === null
      ? `${task.shot} points`
      : `${way}-way ${task.shot}-shot, ${plural(task.query, 'query', 'queries')} a class`;
  const batchNorm = batchNormOf(config.model);
  const norm = batchNorm === 'none' ? '' : `, ${batchNorm} batch norm`;
  const { counted } = taskFacts[task.kind];
  const number = `${config.evaluation.episodes.toLocaleString('en-US')} ${counted}`;
  return `Best ${what}, at iteration ${best.iteration.toLocaleString('en-US')}. ${number}, ${size}${norm}; 95 % CI over ${counted}.`;
}

function groupProtocol(group: RunGroup): string {
  const seeds = plural(group.finished, 'finished seed');
  if (!group.best) return 'No finished seed yet';
  const interval =
    group.finished >= seedsForInterval
      ? '95 % CI over seeds (Student’s t)'
      : `no interval under ${seedsForInterval} finished seeds`;
  return `Mean of the best validation values of ${seeds}; ${interval}.`;
}

function Best({ best, flag, title }: { best: Measured | null; flag?: boolean | undefined; title: string }) {
  if (!best) return <span className="muted">–</span>;
  const parts = measuredParts(best);
  return (
    <span title={flag ? `Best of its task among the runs shown. ${title}` : title}>
      {flag && (
        <>
          <Icon name="flag" className="bestmark" />
          <span className="sr-only">best of its task among the runs shown: </span>
        </>
      )}
      <b className="value">{parts.value}</b>
      {parts.interval && <span className="pm">{parts.interval}</span>} <span className="u">{parts.unit}</span>
    </span>
  );
}

export interface QueueEstimate {
  readonly startsAt: number;
  readonly durationMs: number;
}

export interface CellContext {
  readonly now: number;
  readonly layout: Layout;
  readonly estimates: ReadonlyMap<string, QueueEstimate>;
}

const tagsOf = (tags: readonly string[]): ReactNode => tags.map((tag) => <Tag key={tag}>{tag}</Tag>);

/** Content of one cell of a run. */
export function runCell(id: ColumnId, run: RunSummary, context: CellContext, flag = false): ReactNode {
  const { config } = run;
  const estimate = context.estimates.get(run.id);
  switch (id) {
    case 'algorithm':
      return algorithmName(config);
    case 'dataset':
      return datasetName(run);
    case 'way':
      return wayAndShot(config);
    case 'seed':
      return config.seed;
    case 'best':
      return <Best best={run.best} flag={flag} title={bestProtocol(run)} />;
    case 'loss':
      return <LossCell loss={run.trainLoss} values={run.sparkline} live={isActive(run.state)} context={context} />;
    case 'duration':
      if (run.state === 'queued')
        return <span className="muted">{estimate ? `~ ${duration(estimate.durationMs)}` : '–'}</span>;
      if (isActive(run.state)) return run.etaMs === null ? '–' : `${timeLeft(run.etaMs)} left`;
      return run.computeMs === 0 ? <span className="muted">–</span> : duration(run.computeMs);
    case 'started':
      if (run.state === 'queued') return estimate ? `~ ${momentAhead(estimate.startsAt, context.now)}` : '–';
      return run.startedAt === null ? (
        '–'
      ) : (
        <span title={exactMoment(run.startedAt)}>{moment(run.startedAt, context.now)}</span>
      );
    case 'tags':
      return tagsOf(config.tags);
  }
}

/** Content of one cell of a group. */
export function groupCell(id: ColumnId, group: RunGroup, context: CellContext, flag: boolean): ReactNode {
  const first = group.runs[0]!;
  switch (id) {
    case 'algorithm':
    case 'dataset':
    case 'way':
      return runCell(id, first, context);
    case 'seed':
      return group.finished === group.runs.length
        ? plural(group.runs.length, 'seed')
        : `${group.finished} of ${group.runs.length}`;
    case 'best':
      return <Best best={group.best} flag={flag} title={groupProtocol(group)} />;
    case 'loss':
      return <LossCell loss={group.loss} values={group.sparkline} live={false} context={context} />;
    case 'duration':
      return group.durationMs === null ? '–' : `${duration(group.durationMs)} ea.`;
    case 'started':
      return moment(group.startedAt, context.now);
    case 'tags':
      return tagsOf(group.tags);
  }
}

interface LossCellProps {
  readonly loss: number | null;
  readonly values: readonly number[];
  readonly live: boolean;
  readonly context: CellContext;
}

function LossCell({ loss: value, values, live, context }: LossCellProps) {
  return (
    <span className="lossc">
      <span className={value === null ? 'muted' : ''}>{loss(value)}</span>
      {context.layout.sparkline === 'yes' && values.length > 1 && <Sparkline values={values} width={64} live={live} />}
    </span>
  );
}

const shortReasons: Readonly<Record<string, string>> = {
  'not-finite': 'loss is NaN',
  'out-of-memory': 'out of memory',
  'trainer-died': 'trainer ended',
  'device-unavailable': 'no such device',
  'no-space': 'disk full',
};

/** A word beside the name where something needs attention; the whole sentence stands in the hover. */
export function StateNote({ run }: { readonly run: RunSummary }) {
  switch (run.state) {
    case 'failed':
      return (
        <span className="err trunc" title={run.failure?.message}>
          {shortReasons[run.failure?.code ?? ''] ?? run.failure?.message ?? 'failed'}
        </span>
      );
    case 'interrupted':
      return <span className="wrn trunc">{run.resumable === 'yes' ? 'can resume' : 'interrupted'}</span>;
    case 'paused':
      return <span className="wrn trunc">paused</span>;
    case 'stopped':
      return run.iteration > 0 && run.iteration < run.config.outer.iterations ? (
        <span className="note trunc">stopped at {percent(run.iteration / run.config.outer.iterations, 0)}</span>
      ) : null;
    default:
      return null;
  }
}
