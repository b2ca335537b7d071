import type { QueueState } from '../../../shared/contract/requests.ts';
import type { CoreContext } from '../context.ts';
import { queueEntries, writeQueue } from '../store/queue-positions.ts';
import { getSetting, setSetting } from '../store/settings.ts';
import { estimateRemaining } from './estimate.ts';
import { crashedTooOften, moveTo, nextToStart, type QueueMode, settledMode, withCrash } from './queue.ts';
import { announceRun } from './recorder.ts';
import type { Supervisor } from './supervisor.ts';

export const queueModeSetting = 'queue.mode';
export const parallelRunsSetting = 'compute.parallelRuns';

export interface Scheduler {
  state(): QueueState;
  /** Starts what may start; called after everything that frees a place or adds a run. */
  startWaiting(): void;
  move(runId: string, position: number): void;
  setMode(mode: QueueMode): void;
  /** To be told when a run has left its trainer. */
  runEnded(how: 'crash' | 'regular'): void;
  /** From now on nothing is started: the core is ending. */
  close(): void;
}

/** Keeps as many runs running as the settings allow, in the order of the queue. */
export function createScheduler(context: CoreContext, supervisor: Supervisor): Scheduler {
  const { db, now, announce } = context;
  let crashes: readonly number[] = [];
  let places: ReadonlyMap<string, number> = new Map();
  let open = true;
  let starting = false;

  const mode = (): QueueMode => queueModeOf(getSetting(db, queueModeSetting));
  const state = (): QueueState => {
    const queued = queueEntries(db).map(({ runId }) => runId);
    const running = supervisor.active();
    return {
      running: [...running],
      queued,
      mode: mode(),
      estimatedMs: estimateRemaining(db, [...running, ...queued], parallelRuns()),
    };
  };
  const parallelRuns = (): number => {
    const wished = Number(getSetting(db, parallelRunsSetting) ?? 1);
    return Number.isInteger(wished) && wished >= 1 ? Math.min(wished, 16) : 1;
  };
  const changed = (): void => {
    announce({ name: 'queue.changed', body: { queue: state() } });
    const order = queueEntries(db).map(({ runId }) => runId);
    const before = places;
    places = new Map(order.map((runId, index) => [runId, index + 1]));
    for (const runId of order) if (before.get(runId) !== places.get(runId)) announceRun(context, runId);
  };
  const storeMode = (wished: QueueMode): void =>
    setSetting(db, queueModeSetting, settledMode(wished, supervisor.active().length));
  const startWaiting = (): void => {
    if (starting) return; // a run that cannot start ends at once, which calls this again
    starting = true;
    try {
      for (let next = nextRun(); next !== null; next = nextRun()) supervisor.start(next);
    } finally {
      starting = false;
    }
    changed();
  };
  const nextRun = (): string | null =>
    open ? nextToStart(queueEntries(db), mode(), supervisor.active().length, parallelRuns()) : null;

  return {
    state,
    startWaiting,
    move(runId, position) {
      writeQueue(db, moveTo(queueEntries(db), runId, position));
      changed();
    },
    setMode(wished) {
      storeMode(wished);
      crashes = []; // whoever opens the queue again has seen why it was paused
      startWaiting();
    },
    runEnded(how) {
      if (how === 'crash') crashes = withCrash(crashes, now());
      storeMode(how === 'crash' && crashedTooOften(crashes) ? 'crashed' : mode());
      startWaiting();
    },
    close() {
      open = false;
    },
  };
}

function queueModeOf(stored: string | null): QueueMode {
  return stored === 'pausing' || stored === 'paused' || stored === 'crashed' ? stored : 'open';
}
