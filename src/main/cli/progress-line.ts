import type { RunSummary } from '../../shared/runs/run.ts';
import { count, significant } from '../../shared/text/number-words.ts';
import { duration, measurement, metricWord } from './words.ts';

const barWidth = 24;

/** "[########----------------] 1,650/5,000  loss 0.512  validation 0.61 ± 0.05 (200 ep)  1,830 it/s  ETA 2 s". */
export function progressLine(run: RunSummary): string {
  const { iterations } = run.config.outer;
  const parts = [
    `${bar(run.iteration / iterations)} ${count(run.iteration)}/${count(iterations)}`,
    run.phase === 'training' || run.phase === null ? null : run.phase,
    run.trainLoss === null ? null : `loss ${significant(run.trainLoss)}`,
    bestWords(run),
    run.iterationsPerSecond === null ? null : `${significant(run.iterationsPerSecond)} it/s`,
    run.etaMs === null ? null : `ETA ${duration(run.etaMs)}`,
  ];
  return parts.filter((part) => part !== null).join('  ');
}

function bar(done: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, done)) * barWidth);
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`;
}

function bestWords({ best, config }: RunSummary): string | null {
  if (!best) return null;
  const word = best.metric === 'accuracy' ? 'accuracy' : metricWord('loss', config.task.kind);
  return `best validation ${word} ${measurement(best.metric, best.value, best.ci95)} (${count(config.evaluation.episodes)} ep)`;
}
