import type { RunSummary } from '../../../shared/runs/run.ts';
import type { Line } from '../../charts/series.ts';

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Every stored point of one metric of some runs, unsmoothed, one row a point; numbers in full precision. */
export function pointsCsv(
  runs: readonly RunSummary[],
  metric: string,
  lineOf: (runId: string) => Line | undefined,
  secondsAt: (runId: string, step: number) => number | null,
): string {
  const rows = ['run,name,seed,metric,iteration,tasks,compute_seconds,value'];
  for (const run of runs) {
    const line = lineOf(run.id);
    if (!line) continue;
    const head = [run.id, quoted(run.name), run.config.seed, metric].join(',');
    for (let index = 0; index < line.steps.length; index++) {
      const step = line.steps[index]!;
      const seconds = secondsAt(run.id, step);
      rows.push(`${head},${step},${step * run.config.outer.metaBatch},${seconds ?? ''},${line.values[index]}`);
    }
  }
  return `${rows.join('\n')}\n`;
}
