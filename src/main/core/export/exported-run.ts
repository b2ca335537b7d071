import type { Evaluation, RunSummary } from '../../../shared/runs/run.ts';

/** A run as the exporters of numbers see it. */
export interface ExportedRun {
  readonly run: RunSummary;
  readonly evaluations: readonly Evaluation[];
  /** By key, sorted. */
  readonly series: readonly ExportedSeries[];
}

export interface ExportedSeries {
  readonly key: string;
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

/** A number with every bit, as text that reads back as the same number. */
export const exactNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** Gathers small pieces of text into parts of about a megabyte, so that millions of points need few writes. */
export async function writeParts(
  pieces: Iterable<string>,
  append: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const encoder = new TextEncoder();
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < 1 << 20) continue;
    await append(encoder.encode(waiting));
    waiting = '';
  }
  if (waiting !== '') await append(encoder.encode(waiting));
}
