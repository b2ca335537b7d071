import type { FromTrainer } from '../../../shared/contract/trainer.ts';
import { joinPoints } from './recorder.ts';

export interface Intake {
  receive(message: FromTrainer): void;
  /** Runs `act` once everything received so far is stored; `act` is called again when it meets a full disk. */
  finish(act: () => void): void;
}

export interface IntakeParts {
  /** Stores one message; when it throws because the disk is full it is called again with the same message. */
  readonly store: (message: FromTrainer) => void;
  /** Called each time that the disk is found full. */
  readonly onFull: () => void;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed?: () => number;
  /** Shortest time between two commits of points. */
  readonly pointsIntervalMs?: number;
  /** How long to wait before writing to a full disk again. */
  readonly retryMs?: number;
}

/** True for SQLite's "database or disk is full" and the system's own word for it. */
export const isDiskFull = (error: unknown): boolean =>
  ['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'ENOSPC'].includes(String((error as { readonly code?: unknown })?.code));

/**
 * Stores the messages of one trainer in order. Points are gathered, so that a run commits at most four times a second;
 * while the disk is full nothing is thrown away: what came waits and is tried again.
 */
export function createIntake({
  store,
  onFull,
  elapsed = () => performance.now(),
  pointsIntervalMs = 250,
  retryMs = 1000,
}: IntakeParts): Intake {
  const waiting: FromTrainer[] = [];
  let finishing: (() => void) | null = null;
  let lastPointsAt = Number.NEGATIVE_INFINITY;
  let pace: NodeJS.Timeout | null = null;
  let retry: NodeJS.Timeout | null = null;

  const storeAll = (): void => {
    for (let message = waiting[0]; message !== undefined; message = waiting[0]) {
      store(message);
      if (message.type === 'points') lastPointsAt = elapsed();
      waiting.shift();
    }
    finishing?.();
    finishing = null;
  };
  const work = (): void => {
    if (retry !== null) return;
    if (pace !== null) clearTimeout(pace);
    pace = null;
    const rest = lastPointsAt + pointsIntervalMs - elapsed();
    if (finishing === null && waiting.length === 1 && waiting[0]?.type === 'points' && rest > 0) {
      pace = setTimeout(work, rest);
      return;
    }
    try {
      storeAll();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      retry = setTimeout(() => {
        retry = null;
        work();
      }, retryMs);
      onFull();
    }
  };
  return {
    receive(message) {
      const previous = waiting.at(-1);
      if (message.type === 'points' && previous?.type === 'points') {
        waiting[waiting.length - 1] = joinPoints(previous, message);
        return; // its commit is due already
      }
      waiting.push(message);
      work();
    },
    finish(act) {
      finishing = act;
      work();
    },
  };
}
