import { useFacts } from '../../app/facts.tsx';
import { bytes, count, duration, momentAhead, plural } from '../../app/format.ts';
import type { Checked } from './use-check.ts';

export interface PlanPanelProps {
  readonly seeds: readonly number[];
  readonly checked: Checked;
  readonly valid: boolean;
}

/** How many runs, how long each, when they would start; and where the estimate comes from. */
export function PlanPanel({ seeds, checked, valid }: PlanPanelProps) {
  const estimate = valid ? checked.answer?.estimate : undefined;
  const memory = valid ? checked.answer?.memory : undefined;
  const waiting = valid && checked.state === 'waiting' && !checked.answer;
  const each = estimate?.durationMs ?? null;
  const unknown = waiting ? 'measuring' : '–';
  return (
    <section aria-label="Plan">
      <header>
        <h3>Plan</h3>
        <span className="t11 muted">{seeds.length > 0 ? plural(seeds.length, 'seed') : ''}</span>
      </header>
      <dl className="kv">
        <dt>Runs</dt>
        <dd>
          <b className="strong">{seeds.length > 0 ? count(seeds.length) : '–'}</b>
        </dd>
        <dt>Each run</dt>
        <dd>{each === null ? unknown : `about ${duration(each)}`}</dd>
        {seeds.length > 1 && (
          <>
            <dt>All, one by one</dt>
            <dd>
              <b className="strong">{each === null ? unknown : duration(each * seeds.length)}</b>
            </dd>
          </>
        )}
        {memory && (
          <>
            <dt>Memory each</dt>
            <dd title={memory.source}>
              up to {bytes(memory.peakBytes)} <span className="muted">of {bytes(memory.freeBytes)} free</span>
            </dd>
          </>
        )}
        <dt>Would start</dt>
        <dd>
          <Start />
        </dd>
      </dl>
      {estimate && (
        <p className="t11 muted under">{each === null ? `Time: ${estimate.source}.` : `Time ${estimate.source}.`}</p>
      )}
    </section>
  );
}

/** When the next run of the queue's end would begin. */
export function Start() {
  const { queue } = useFacts();
  if (!queue) return <>–</>;
  if (queue.mode !== 'open') return <>when the queue is opened again</>;
  if (queue.running.length === 0 && queue.queued.length === 0) return <>at once</>;
  if (queue.estimatedMs === null) return <>after the queue</>;
  const now = Date.now();
  return <>{momentAhead(now + queue.estimatedMs, now)}, after the queue</>;
}
