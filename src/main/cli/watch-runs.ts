import { InnerloopError } from '../../shared/contract/errors.ts';
import { isActive, isFinished, type RunSummary } from '../../shared/runs/run.ts';
import type { CliContext, Core } from './command.ts';
import { progressLine, timeForAll } from './progress-line.ts';
import { duration } from './words.ts';

export interface Watched {
  /** As they are at the end, in the order given. */
  readonly runs: readonly RunSummary[];
  /** Whether Ctrl+C ended the watch. */
  readonly interrupted: 'yes' | 'no';
}

/** The store is asked at least this often; an event of a watched run asks at once. */
const lookEveryMs = 500;

/** Of many runs those that come next are looked at each time, and all of them every so many looks. */
const nextRuns = 8;
const looksForAll = 20;

const isSettled = ({ state }: RunSummary): boolean => isFinished(state) || state === 'paused';

/**
 * Shows what runs are doing until each is finished or paused. Ctrl+C takes those that still wait out of the queue and
 * pauses the running one with a checkpoint; a second Ctrl+C ends the program at once (index.ts).
 */
export async function watchRuns(ids: readonly string[], context: CliContext): Promise<Watched> {
  const { terminal, interrupts } = context;
  const core = context.core();
  const wake = createWake(context);
  const seen: { interrupted: Watched['interrupted'] } = { interrupted: 'no' };
  const known = new Map<string, RunSummary>();
  const releases = [
    interrupts.take(() => {
      seen.interrupted = 'yes';
      terminal.note('Pausing with a checkpoint. Ctrl+C again ends at once.');
      wake.now();
    }),
    context.on('run.changed', ({ run }) => {
      if (ids.includes(run.id)) wake.now();
    }),
    context.on('run.log', ({ id, entries }) => {
      const told = ids.includes(id) ? entries.filter(({ level }) => level !== 'info' && level !== 'save') : [];
      for (const { level, message } of told) terminal.note(`${level.padEnd(5)} ${message}`);
    }),
  ];
  try {
    for (let looks = 0; ; looks++) {
      const open = ids.filter((id) => !isKnownSettled(known.get(id)));
      const asked = looks % looksForAll === 0 || seen.interrupted === 'yes' ? open : open.slice(0, nextRuns);
      const found = await look(core, asked, context);
      for (const [index, id] of asked.entries()) known.set(id, found[index]!);
      const runs = ids.map((id) => known.get(id)!);
      if (runs.every(isSettled)) return { runs, interrupted: seen.interrupted };
      if (seen.interrupted === 'yes') await endRuns(core, runs);
      show(runs, context);
      await wake.orAfter(lookEveryMs);
    }
  } finally {
    terminal.clearStatus();
    for (const release of releases) release();
  }
}

const isKnownSettled = (run: RunSummary | undefined): boolean => run !== undefined && isSettled(run);

/** A core that is restarting is waited for; what it has committed is not lost. */
async function look(
  core: Core,
  ids: readonly string[],
  { terminal, pause }: CliContext,
): Promise<readonly RunSummary[]> {
  for (;;) {
    try {
      return await Promise.all(ids.map((id) => core.request('runs.get', { id })));
    } catch (thrown) {
      if (!(thrown instanceof InnerloopError) || thrown.code !== 'core-unavailable') throw thrown;
      terminal.status('The core is restarting.');
      await pause(lookEveryMs);
    }
  }
}

/** Asked at every look until it is so: a run may move on between the look and the wish. */
async function endRuns(core: Core, runs: readonly RunSummary[]): Promise<void> {
  const waiting = runs.filter(({ state }) => state === 'queued').map(({ id }) => id);
  if (waiting.length > 0) await core.request('queue.cancel', { ids: waiting }).catch(unlessMoved);
  const going = runs.filter(({ state }) => state === 'starting' || state === 'running');
  for (const { id } of going) await core.request('runs.pause', { id }).catch(unlessMoved);
}

/** It has ended or started by itself in the meantime; the next look tells. */
function unlessMoved(thrown: unknown): void {
  if (!(thrown instanceof InnerloopError) || thrown.code !== 'wrong-state') throw thrown;
}

function show(runs: readonly RunSummary[], { terminal }: CliContext): void {
  const shown = runs.find(({ state }) => isActive(state)) ?? runs.find(({ state }) => state === 'queued');
  if (!shown) return;
  const done = runs.filter(isSettled).length;
  const left = runs.length === 1 ? null : timeForAll(runs);
  const which =
    runs.length === 1
      ? shown.name
      : `${shown.name} (${done + 1} of ${runs.length}${left === null ? '' : `, all in ${duration(left)}`})`;
  const what =
    shown.state === 'queued' ? `waiting, place ${shown.queuePosition ?? '?'} in the queue` : progressLine(shown);
  terminal.status(`${which}  ${what}`);
}

/** Something to wait on that events and time can end. */
function createWake({ pause }: CliContext) {
  let wakeUp = (): void => undefined;
  let pending = false;
  return {
    now: (): void => {
      pending = true;
      wakeUp();
    },
    orAfter: async (ms: number): Promise<void> => {
      if (!pending) {
        const woken = new Promise<void>((resolve) => {
          wakeUp = resolve;
        });
        await Promise.race([woken, pause(ms)]);
      }
      pending = false;
    },
  };
}
