import type { RunPhase, RunSummary } from '../../../shared/runs/run.ts';

const phases: Readonly<Record<RunPhase, string>> = {
  loading: 'loading data',
  recording: 'compiling the graph',
  training: 'training',
  validating: 'validating',
  evaluating: 'evaluating',
  saving: 'saving a checkpoint',
};

/** What is being done now, in words; null when nothing is. */
export const phaseWords = (run: RunSummary): string | null => (run.phase ? phases[run.phase] : null);

/** What a panel says while it has no point to draw. */
export function waitingWords(run: RunSummary, what = 'the first step'): string {
  const doing = phaseWords(run);
  if (run.state === 'queued') return 'Waiting in the queue';
  if (doing) return `Waiting for ${what}: ${doing}`;
  if (run.state === 'starting') return `Waiting for ${what}: starting the trainer`;
  return `This run has not come to ${what}.`;
}
