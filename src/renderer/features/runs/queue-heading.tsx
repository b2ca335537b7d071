// biome-ignore-all lint/a11y/useSemanticElements: parts of rows of a virtual treegrid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import type { QueueState } from '../../../shared/contract/requests.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { request } from '../../app/core.ts';
import { duration, momentAhead, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { useToasts } from '../../ui/toast.tsx';
import type { QueueEstimate } from './cells.tsx';

/**
 * When each queued run would start, from the time left of the running ones and the core's estimate of each. Stops at
 * the first run of unknown length: what comes after it is not known either.
 */
export function queueEstimates(
  running: readonly RunSummary[],
  queued: readonly RunSummary[],
  now: number,
): ReadonlyMap<string, QueueEstimate> {
  const estimates = new Map<string, QueueEstimate>();
  let at = now;
  for (const run of running) {
    if (run.etaMs === null) return estimates;
    at += run.etaMs;
  }
  for (const run of queued) {
    if (run.etaMs === null) break;
    estimates.set(run.id, { startsAt: at, durationMs: run.etaMs });
    at += run.etaMs;
  }
  return estimates;
}

const modes: Readonly<Record<QueueState['mode'], string | null>> = {
  open: null,
  pausing: 'pauses after the running run',
  paused: 'paused',
  crashed: 'paused after three crashes in five minutes',
};

export interface QueueHeadingProps {
  readonly queue: QueueState | undefined;
  readonly count: number;
  readonly now: number;
}

/** Words of the queue's section, and its switch. */
export function QueueHeading({ queue, count, now }: QueueHeadingProps) {
  const toasts = useToasts();
  const mode = queue?.mode ?? 'open';
  const estimate = queue?.estimatedMs ?? null;
  const set = (next: 'open' | 'pausing' | 'paused') =>
    request('queue.set-mode', { mode: next }).catch(toasts.tellFailure);
  const busy = (queue?.running.length ?? 0) > 0;
  const facts = [
    plural(count, 'run'),
    estimate === null ? null : `about ${duration(estimate)}`,
    estimate === null || mode !== 'open' ? null : `done by ${momentAhead(now + estimate, now)}`,
  ].filter(Boolean);
  return (
    <>
      <span role="rowheader">Queue</span>
      <span className="muted" role="gridcell">
        {facts.join(' · ')}
        {modes[mode] && <b className="queue-mode"> · {modes[mode]}</b>}
      </span>
      <span className="grow" />
      <span role="gridcell">
        {mode === 'open' ? (
          <Button size="small" look="quiet" icon="pause" onClick={() => void set(busy ? 'pausing' : 'paused')}>
            {busy ? 'Pause after this run' : 'Pause the queue'}
          </Button>
        ) : (
          <Button size="small" look="quiet" icon="play" onClick={() => void set('open')}>
            Resume the queue
          </Button>
        )}
      </span>
    </>
  );
}
