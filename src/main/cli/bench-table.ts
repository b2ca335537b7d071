import type { BenchMeasurement } from '../../shared/bench/measurement.ts';
import type { BenchRow } from '../../shared/bench/workloads.ts';
import { count, significant } from '../../shared/text/number-words.ts';
import { tableLines } from './table.ts';

/** A row with what was measured, or with why nothing was. */
export type MeasuredRow = BenchRow &
  (
    | { readonly measurement: BenchMeasurement; readonly problem: null }
    | { readonly measurement: null; readonly problem: string }
  );

/** Lines of the table for people, fitted to `width`. */
export function benchLines(rows: readonly MeasuredRow[], width: number): string[] {
  const numbers = (of: (measurement: BenchMeasurement) => string): string[] =>
    rows.map(({ measurement }) => (measurement === null ? '-' : of(measurement)));
  return tableLines(
    [
      { title: 'workload', cells: rows.map(({ workload }) => workload) },
      { title: 'inner steps', align: 'right', leaves: 1, cells: rows.map(({ innerSteps }) => String(innerSteps)) },
      { title: 'variant', cells: rows.map(({ variant }) => variant) },
      { title: 'ms/step', align: 'right', cells: numbers(({ msPerStep }) => milliseconds(msPerStep)) },
      { title: 'fastest', align: 'right', leaves: 3, cells: numbers(({ fastestMs }) => milliseconds(fastestMs)) },
      {
        title: 'first call',
        align: 'right',
        leaves: 2,
        cells: numbers(({ firstCallMs }) => `${(firstCallMs / 1000).toFixed(1)} s`),
      },
      { title: 'peak MB', align: 'right', cells: numbers(({ peakMb }) => count(Math.round(peakMb))) },
      { title: 'engine', leaves: 4, cells: rows.map(engineWords) },
    ],
    width,
  );
}

const milliseconds = (ms: number): string => (ms < 1000 ? significant(ms) : count(Math.round(ms)));

/** "compiled, XLA, 8 steps a call"; why a wish was not followed; why there is no number. */
function engineWords({ measurement, problem }: MeasuredRow): string {
  if (measurement === null) return problem;
  const { mode, xla, taskBatching, stepsPerCall, reason } = measurement.engine;
  const words = [
    mode,
    xla === 'on' ? 'XLA' : null,
    `tasks ${taskBatching}`,
    stepsPerCall > 1 ? `${stepsPerCall} steps a call` : null,
  ];
  const said = words.filter((word) => word !== null).join(', ');
  return reason === null ? said : `${said}: ${reason}`;
}
