/** The core's setting of how many runs train at a time, and what it takes. */
export const parallelRunsKey = 'compute.parallelRuns';
export const mostParallelRuns = 16;

/** The number in a stored setting; 1 where it holds none that the core would take. */
export function parallelRunsOf(stored: string | undefined): number {
  const wished = Number(stored ?? 1);
  return Number.isInteger(wished) && wished >= 1 ? Math.min(wished, mostParallelRuns) : 1;
}

/** What is wrong with a typed number; empty when nothing is. */
export const parallelRunsTrouble = (typed: number | null): string =>
  typed !== null && Number.isInteger(typed) && typed >= 1 && typed <= mostParallelRuns
    ? ''
    : `Allowed: a whole number from 1 to ${mostParallelRuns}.`;
