import type { Checkpoint, RunSummary } from '../../../shared/runs/run.ts';
import { count } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { canResume, type RunActs } from '../runs/use-run-acts.ts';

export interface FailureStripProps {
  readonly run: RunSummary;
  readonly checkpoints: readonly Checkpoint[];
  readonly acts: RunActs;
  readonly onLog: () => void;
}

/** What went wrong, where, what to do; and the way to go on. */
export function FailureStrip({ run, checkpoints, acts, onLog }: FailureStripProps) {
  const last = checkpoints.reduce((latest, { iteration }) => Math.max(latest, iteration), 0);
  if (run.state !== 'failed' && run.state !== 'interrupted') return null;
  const failed = run.state === 'failed';
  const sentence =
    run.failure?.message ??
    (failed
      ? `The run failed at iteration ${count(run.iteration)}; the log has more.`
      : `The run was interrupted at iteration ${count(run.iteration)}, when Innerloop or the computer went down.`);
  return (
    <div className={failed ? 'strip failed' : 'strip'} role={failed ? 'alert' : 'status'}>
      <Icon name="alert" />
      <div className="grow">
        {sentence}
        {run.failure?.detail && (
          <details>
            <summary>Details</summary>
            <pre>{run.failure.detail}</pre>
          </details>
        )}
      </div>
      <Button size="small" look="quiet" onClick={onLog}>
        Show the log
      </Button>
      {canResume(run) && (
        <Button size="small" icon="play" onClick={() => acts.pauseOrResume(run)}>
          Resume from {count(last)}
        </Button>
      )}
    </div>
  );
}
