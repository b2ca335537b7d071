import type { QueueState } from '../../../shared/contract/requests.ts';

/** The queue as a value: the waiting runs in order, and whether it may start any. */
export interface QueueEntry {
  readonly runId: string;
  /** `now` was asked for by hand and starts even while the queue is paused. */
  readonly urgency: 'now' | 'queue';
}
export type QueueMode = QueueState['mode'];

/** Adds runs: `now` in front of everything that is not itself `now`, `queue` at the end. */
export function enqueue(
  entries: readonly QueueEntry[],
  runIds: readonly string[],
  urgency: QueueEntry['urgency'],
): readonly QueueEntry[] {
  const added = runIds.map((runId) => ({ runId, urgency }));
  if (urgency === 'queue') return [...entries, ...added];
  const firstPatient = entries.findIndex((entry) => entry.urgency === 'queue');
  const at = firstPatient === -1 ? entries.length : firstPatient;
  return [...entries.slice(0, at), ...added, ...entries.slice(at)];
}

export const withoutRuns = (entries: readonly QueueEntry[], runIds: readonly string[]): readonly QueueEntry[] =>
  entries.filter(({ runId }) => !runIds.includes(runId));

/** Moves a run to a place counted from 1; beyond the end means the end. Unknown runs change nothing. */
export function moveTo(entries: readonly QueueEntry[], runId: string, position: number): readonly QueueEntry[] {
  const moved = entries.find((entry) => entry.runId === runId);
  if (!moved) return entries;
  const rest = withoutRuns(entries, [runId]);
  const at = Math.min(position - 1, rest.length);
  return [...rest.slice(0, at), moved, ...rest.slice(at)];
}

/** The run that starts next, or null while all places are taken, nothing waits, or the queue is not open. */
export function nextToStart(
  entries: readonly QueueEntry[],
  mode: QueueMode,
  running: number,
  parallelRuns: number,
): string | null {
  if (running >= parallelRuns) return null;
  const next = mode === 'open' ? entries[0] : entries.find(({ urgency }) => urgency === 'now');
  return next?.runId ?? null;
}

/** `pausing` has become `paused` when the last running run has ended. */
export const settledMode = (mode: QueueMode, running: number): QueueMode =>
  mode === 'pausing' && running === 0 ? 'paused' : mode;

const crashWindowMs = 5 * 60_000;
const crashLimit = 3;

/** Crash times that still count at `now`, with one more. */
export const withCrash = (crashes: readonly number[], now: number): readonly number[] => [
  ...crashes.filter((at) => now - at < crashWindowMs),
  now,
];

/** Three trainer crashes in five minutes: something is wrong with more than one run. */
export const crashedTooOften = (crashes: readonly number[]): boolean => crashes.length >= crashLimit;
