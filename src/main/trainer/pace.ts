/** How fast a run goes and how long it will take: pure arithmetic over measured durations. */

/** Iterations over which the pace is measured. */
export const paceWindow = 200;

export interface Pace {
  /** Notes `iterations` iterations that took `elapsedMs` together. */
  add(iterations: number, elapsedMs: number): void;
  /** Notes how long one test episode took. */
  addEpisode(elapsedMs: number): void;
  /** Over the last 200 iterations, evaluations excluded; null before the first. */
  iterationsPerSecond(): number | null;
  /** Remaining iterations x median iteration + remaining episodes x their last measured time; null before the first iteration. */
  remainingMs(remaining: { readonly iterations: number; readonly episodes: number }): number | null;
}

export function createPace(): Pace {
  const durations: number[] = []; // ms of one iteration, oldest first
  let episodeMs = 0;
  return {
    add: (iterations, elapsedMs) => {
      for (let i = 0; i < iterations; i++) durations.push(elapsedMs / iterations);
      if (durations.length > paceWindow) durations.splice(0, durations.length - paceWindow);
    },
    addEpisode: (elapsedMs) => {
      episodeMs = elapsedMs;
    },
    iterationsPerSecond: () => {
      const total = durations.reduce((sum, duration) => sum + duration, 0);
      return total > 0 ? (1000 * durations.length) / total : null;
    },
    remainingMs: ({ iterations, episodes }) => {
      if (durations.length === 0) return iterations === 0 ? episodes * episodeMs : null;
      return iterations * median(durations) + episodes * episodeMs;
    },
  };
}

/** Middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Validations still to come after `iteration`, with the one at the last iteration; 0 when they are switched off. */
export function validationsAfter(iteration: number, iterations: number, every: number): number {
  return every === 0 ? 0 : Math.floor(iterations / every) - Math.floor(iteration / every);
}
