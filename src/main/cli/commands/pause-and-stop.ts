import { isActive, type RunSummary } from '../../../shared/runs/run.ts';
import { count } from '../../../shared/text/number-words.ts';
import type { CliContext, Command } from '../command.ts';
import { findRun } from '../find-run.ts';

const runArgument = { name: 'RUN', help: 'number, id, beginning of an id, or name of a run', count: 'one' } as const;

export const pauseCommand: Command = {
  name: 'pause',
  summary: 'pause a run of the window or of another terminal, with a checkpoint',
  arguments: [runArgument],
  options: [],
  examples: ['pause 12'],
  run: async (given, context) => {
    const { id } = await findRun(context.core(), given.positionals[0]!);
    await context.core().request('runs.pause', { id });
    const run = await untilQuiet(id, context);
    context.terminal.say(`${run.name} is ${run.state} at iteration ${count(run.iteration)}.`);
    context.terminal.answer({ id, state: run.state, iteration: run.iteration });
    return 0;
  },
};

export const stopCommand: Command = {
  name: 'stop',
  summary: 'end a run: finish the iteration, evaluate and save, or at once',
  arguments: [runArgument],
  options: [{ name: 'now', help: 'end at once; the last checkpoint stays' }],
  examples: ['stop 12', 'stop 12 --now'],
  run: async (given, context) => {
    const { id } = await findRun(context.core(), given.positionals[0]!);
    await context.core().request('runs.stop', { id, how: given.has('now') ? 'now' : 'finish' });
    const run = await untilQuiet(id, context);
    context.terminal.say(`${run.name} is ${run.state} at iteration ${count(run.iteration)}.`);
    context.terminal.answer({ id, state: run.state, iteration: run.iteration });
    return 0;
  },
};

async function untilQuiet(id: string, context: CliContext): Promise<RunSummary> {
  for (;;) {
    const run = await context.core().request('runs.get', { id });
    if (!isActive(run.state)) return run;
    context.terminal.status(`${run.name} is ${run.state}.`);
    await context.pause(200);
  }
}
