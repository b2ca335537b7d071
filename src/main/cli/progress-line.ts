import { countsExamples, taskFacts } from '../../shared/run-config/task-facts.ts';
import { isActive, type RunSummary } from '../../shared/runs/run.ts';
import { count, significant } from '../../shared/text/number-words.ts';
import { duration, measurement, metricWord } from './words.ts';

const barWidth = 24;

/** "[########----------------] 1,650/5,000  ETA 2.1 s  loss 0.512  1830 it/s  best validation ...". */
export function progressLine(run: RunSummary): string {
  const { iterations } = run.config.outer;
  const parts = [
    `${bar(run.iteration / iterations)} ${count(run.iteration)}/${count(iterations)}`,
    run.phase === 'training' || run.phase === null ? null : run.phase,
    run.etaMs === null ? null : `ETA ${duration(run.etaMs)}`,
    run.trainLoss === null ? null : `loss ${significant(run.trainLoss)}`,
    run.iterationsPerSecond === null ? null : `${significant(run.iterationsPerSecond)} it/s`,
    bestWords(run), // last: what a narrow terminal cuts off first
  ];
  return parts.filter((part) => part !== null).join('  ');
}

/**
 * Milliseconds until all of these runs are done, one after the other: what is left of the running ones, and for those
 * that wait the median time of an iteration so far; null before any is known.
 */
export function timeForAll(runs: readonly RunSummary[]): number | null {
  const paces = runs
    .filter(({ iteration, computeMs }) => iteration > 0 && computeMs > 0)
    .map(({ iteration, computeMs }) => computeMs / iteration)
    .sort((a, b) => a - b);
  const pace = paces[Math.floor(paces.length / 2)];
  if (pace === undefined) return null;
  return runs.reduce((sum, run) => {
    const left = (run.config.outer.iterations - run.iteration) * pace;
    if (run.state === 'queued') return sum + left;
    return isActive(run.state) ? sum + (run.etaMs ?? left) : sum;
  }, 0);
}

/** `done`: a share, cut to [0, 1]. */
export function bar(done: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, done)) * barWidth);
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`;
}

function bestWords({ best, config }: RunSummary): string | null {
  if (!best) return null;
  const word = best.metric === 'accuracy' ? 'accuracy' : metricWord('loss', config.task.kind);
  return `best validation ${word} ${measurement(best.metric, best.value, best.ci95)} (${count(config.evaluation.episodes)} ${countsExamples(config.task.kind) ? taskFacts[config.task.kind].counted : 'ep'})`;
}
