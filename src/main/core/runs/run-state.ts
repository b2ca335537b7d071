import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RunState } from '../../../shared/runs/run.ts';

/** What happens to a run, by a person or by its trainer. */
export type RunHappening =
  | 'start' // a trainer process is being started for it
  | 'train' // the trainer is past loading and recording
  | 'pause' // asked for
  | 'stop' // asked for
  | 'queue' // resumed, or put back
  | 'cancel' // taken out of the queue before its first iteration
  | 'put-back' // taken out of the queue with iterations done
  | 'paused' // the trainer saved and ended
  | 'stopped'
  | 'completed'
  | 'failed'
  | 'interrupted'; // the app, not the run, ended

/** Every allowed change; what is not here is refused. */
const transitions: Readonly<Record<RunState, Partial<Record<RunHappening, RunState>>>> = {
  queued: { start: 'starting', cancel: 'stopped', 'put-back': 'paused', failed: 'failed' },
  starting: {
    train: 'running',
    pause: 'pausing',
    stop: 'stopping',
    paused: 'paused',
    stopped: 'stopped',
    completed: 'completed',
    failed: 'failed',
    interrupted: 'interrupted',
  },
  running: {
    train: 'running',
    pause: 'pausing',
    stop: 'stopping',
    paused: 'paused',
    stopped: 'stopped',
    completed: 'completed',
    failed: 'failed',
    interrupted: 'interrupted',
  },
  pausing: {
    train: 'pausing',
    pause: 'pausing',
    stop: 'stopping',
    paused: 'paused',
    stopped: 'stopped',
    completed: 'completed',
    failed: 'failed',
    interrupted: 'interrupted',
  },
  stopping: {
    train: 'stopping',
    stop: 'stopping',
    paused: 'stopped',
    stopped: 'stopped',
    completed: 'completed',
    failed: 'failed',
    interrupted: 'interrupted',
  },
  paused: { queue: 'queued', stop: 'stopped' },
  stopped: { queue: 'queued' },
  interrupted: { queue: 'queued', stop: 'stopped' },
  failed: { queue: 'queued' },
  completed: {},
};

const verbs: Readonly<Record<RunHappening, string>> = {
  start: 'be started',
  train: 'train',
  pause: 'be paused',
  stop: 'be stopped',
  queue: 'be resumed',
  cancel: 'be taken out of the queue',
  'put-back': 'be taken out of the queue',
  paused: 'have paused',
  stopped: 'have stopped',
  completed: 'have completed',
  failed: 'have failed',
  interrupted: 'have been interrupted',
};

/** The state after `happening`; throws `wrong-state` with a plain sentence when it cannot happen in this state. */
export function nextState(state: RunState, happening: RunHappening, runName: string): RunState {
  const next = transitions[state][happening];
  if (next === undefined) {
    throw new InnerloopError('wrong-state', `${runName} is ${state}, so it cannot ${verbs[happening]}.`);
  }
  return next;
}

export const canHappen = (state: RunState, happening: RunHappening): boolean =>
  transitions[state][happening] !== undefined;
