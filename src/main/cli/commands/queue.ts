import type { QueueState } from '../../../shared/contract/requests.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { type CliContext, type Command, UsageError } from '../command.ts';
import { findRun, findRuns } from '../find-run.ts';
import { tableLines } from '../table.ts';
import { duration } from '../words.ts';

const runsArgument = { name: 'RUN', help: 'number, id, beginning of an id, or name of a queued run' } as const;

export const queueListCommand: Command = {
  name: 'queue list',
  summary: 'what runs and what waits, in order',
  arguments: [],
  options: [],
  examples: ['queue list', 'queue list --json'],
  run: async (_given, context) => {
    await showQueue(context);
    return 0;
  },
};

export const queueCancelCommand: Command = {
  name: 'queue cancel',
  summary: 'take runs out of the queue',
  arguments: [{ ...runsArgument, count: 'many' }],
  options: [],
  examples: ['queue cancel 14 15'],
  run: async (given, context) => {
    const runs = await findRuns(context.core(), given.positionals);
    await context.core().request('queue.cancel', { ids: runs.map(({ id }) => id) });
    await showQueue(context);
    return 0;
  },
};

export const queueMoveCommand: Command = {
  name: 'queue move',
  summary: 'move a run to a place in the queue, 1 is next',
  arguments: [
    { ...runsArgument, count: 'one' },
    { name: 'PLACE', help: 'a whole number from 1', count: 'one' },
  ],
  options: [],
  examples: ['queue move 15 1'],
  run: async (given, context) => {
    const position = Number(given.positionals[1]);
    if (!Number.isInteger(position) || position < 1) {
      throw new UsageError(`PLACE is "${given.positionals[1]}"; allowed: a whole number from 1.`);
    }
    const { id } = await findRun(context.core(), given.positionals[0]!);
    await context.core().request('queue.move', { id, position });
    await showQueue(context);
    return 0;
  },
};

const modeCommand = (name: string, mode: 'open' | 'pausing', summary: string): Command => ({
  name,
  summary,
  arguments: [],
  options: [],
  examples: [name],
  run: async (_given, context) => {
    await context.core().request('queue.set-mode', { mode });
    await showQueue(context);
    return 0;
  },
});

export const queueHoldCommand = modeCommand('queue hold', 'pausing', 'start nothing more after the running run');
export const queueOpenCommand = modeCommand('queue open', 'open', 'let the queue go on');

async function showQueue(context: CliContext): Promise<void> {
  const { terminal } = context;
  const core = context.core();
  const queue = await core.request('queue.get', null);
  const runs: RunSummary[] = [];
  for (const id of [...queue.running, ...queue.queued]) runs.push(await core.request('runs.get', { id }));
  if (runs.length === 0) terminal.say('Nothing runs and nothing waits.');
  else for (const line of queueLines(runs, terminal.width)) terminal.say(line);
  const remark = modeRemark(queue);
  if (remark !== null) terminal.say(remark);
  terminal.answer({ ...queue, runs });
}

const queueLines = (runs: readonly RunSummary[], width: number): string[] =>
  tableLines(
    [
      {
        title: 'place',
        align: 'right',
        cells: runs.map(({ queuePosition }) => (queuePosition === null ? 'now' : String(queuePosition))),
      },
      { title: '#', align: 'right', cells: runs.map(({ number }) => String(number)) },
      { title: 'name', shrinksTo: 16, cells: runs.map(({ name }) => name) },
      { title: 'state', cells: runs.map(({ state }) => state) },
      {
        title: 'iteration',
        align: 'right',
        leaves: 1,
        cells: runs.map(({ iteration, config }) => `${iteration}/${config.outer.iterations}`),
      },
      {
        title: 'left',
        align: 'right',
        leaves: 2,
        cells: runs.map(({ etaMs }) => (etaMs === null ? '' : duration(etaMs))),
      },
    ],
    width,
  );

function modeRemark({ mode, queued, estimatedMs }: QueueState): string | null {
  if (mode === 'crashed')
    return 'The queue is held: three trainers crashed within five minutes. Go on with: innerloop queue open';
  if (mode !== 'open') return 'The queue is held. Go on with: innerloop queue open';
  return queued.length > 0 && estimatedMs !== null ? `All of it takes about ${duration(estimatedMs)}.` : null;
}
