import type { Command } from '../command.ts';
import { findRun } from '../find-run.ts';
import { reportRuns } from '../run-report.ts';
import { watchRuns } from '../watch-runs.ts';

export const resumeCommand: Command = {
  name: 'resume',
  summary: 'go on from the last checkpoint of a paused, interrupted or failed run',
  arguments: [{ name: 'RUN', help: 'number, id, beginning of an id, or name of a run', count: 'one' }],
  options: [],
  details: 'On the CPU the numbers are those of a run that was never paused, bit for bit.',
  examples: ['resume 12', 'resume maml-sine-10p-s1'],
  run: async (given, context) => {
    const { id } = await findRun(context.core(), given.positionals[0]!);
    await context.core().request('runs.resume', { id });
    return reportRuns(await watchRuns([id], context), context);
  },
};
