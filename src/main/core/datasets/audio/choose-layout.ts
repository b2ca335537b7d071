import {
  type AudioImport,
  type AudioLayout,
  longestClipSeconds,
  longestGuessedSeconds,
} from '../../../../shared/datasets/audio.ts';
import { lengthHistogram } from '../../../../shared/datasets/length-histogram.ts';
import type { LengthHistogram } from '../../../../shared/datasets/text.ts';

/** The length that clips are brought to: as chosen, or so that 95 of 100 are whole, in hundredths, at most 10 s. */
export function chooseSeconds({ seconds }: AudioImport, lengths: LengthHistogram): number {
  if (seconds !== null) return Math.min(seconds, longestClipSeconds);
  const enough = Math.ceil(lengths.p95 * 100 - 1e-9) / 100;
  return Math.min(longestGuessedSeconds, Math.max(0.05, enough));
}

export const layoutOf = (rate: number, seconds: number): AudioLayout => ({ rate, samples: Math.round(rate * seconds) });

/** The spread of lengths in seconds, counted in thousandths. */
export function secondsHistogram(seconds: readonly number[]): LengthHistogram {
  const inMs = lengthHistogram(seconds.map((length) => Math.round(length * 1000)));
  const { counts, edges, least, median, mean, p95, most } = inMs;
  return {
    counts,
    edges: edges.map((edge) => edge / 1000),
    least: least / 1000,
    median: median / 1000,
    mean: mean / 1000,
    p95: p95 / 1000,
    most: most / 1000,
  };
}
