const windowMs = 5 * 60_000;
const limit = 3;

/** Deaths that still count at `now`, with the new one. */
export const withDeath = (deaths: readonly number[], now: number): readonly number[] => [
  ...deaths.filter((at) => now - at < windowMs),
  now,
];

/** A core is started again after its first three deaths in five minutes; then something is broken for good. */
export const mayRestart = (deaths: readonly number[]): boolean => deaths.length <= limit;
