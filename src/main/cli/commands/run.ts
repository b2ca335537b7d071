import { withValue } from '../../../shared/run-config/fields.ts';
import { type Command, UsageError } from '../command.ts';
import { applySettings, completeConfig, type PartialConfig, readConfigFile, seedsOf } from '../config-file.ts';
import { reportRuns } from '../run-report.ts';
import { sweepAxes } from '../sweep-options.ts';
import { runSweep } from '../sweep-run.ts';
import { watchRuns } from '../watch-runs.ts';

export const runCommand: Command = {
  name: 'run',
  summary: 'train, evaluate and store a run for each seed, and for each value of a swept field',
  arguments: [{ name: 'CONFIG.json', help: 'a config file, or the name of an example', count: 'one' }],
  options: [
    { name: 'seeds', value: 'N', help: "so many seeds from the config's own on, or a list: 1,2,5" },
    { name: 'set', value: 'PATH=VALUE', help: 'change a field of the config', repeats: 'yes' },
    {
      name: 'sweep',
      value: 'PATH=VALUES',
      help: 'a run for each value: 1,5,20 or "log 1e-4..1e-1 x 5"',
      repeats: 'yes',
    },
    { name: 'again', help: 'launch also those runs of a sweep that exist already' },
    { name: 'plan', help: 'show what a sweep would launch, and launch nothing' },
    { name: 'device', value: 'DEVICE', help: 'auto, cpu or gpu', choices: ['auto', 'cpu', 'gpu'] },
    { name: 'name', value: 'NAME', help: 'name of the run; may hold {seed} and field paths such as {inner.rate}' },
  ],
  details:
    'Ctrl+C pauses the run with a checkpoint and takes the seeds that still wait out of the queue; twice ends at once.\n' +
    'Several --sweep make their product, with the seeds; what exists already is skipped. Lists, words and JSON work too.\n' +
    'What the config leaves out is filled in from the paper preset of its task and the paper of its algorithm.',
  examples: [
    'run sinusoid-quick-start',
    'run my-run.json --seeds 3 --set inner.rate=0.1 --set outer.iterations=2000 --device cpu',
    'run sinusoid-quick-start --sweep task.shot=1,5,20 --sweep algorithm.kind=maml,anil --seeds 3',
  ],
  run: async (given, context) => {
    const config = configOf(readConfigFile(given.positionals[0]!, context), given);
    const sweeps = given.all('sweep');
    if (sweeps.length > 0) {
      const seedsFrom = (first: number) => seedsOf(given.text('seeds'), first);
      const existing = given.has('again') ? 'again' : 'skip';
      const until = given.has('plan') ? 'plan' : 'end';
      return runSweep({ config, axes: sweepAxes(sweeps), seedsFrom, existing, until }, context);
    }
    for (const option of ['again', 'plan']) {
      if (given.has(option)) throw new UsageError(`--${option} belongs to a sweep; give a --sweep too.`);
    }
    const seeds = seedsOf(given.text('seeds'), completeConfig(config).seed);
    const { ids } = await context.core().request('runs.launch', { config, seeds: [...seeds], start: 'now' });
    return reportRuns(await watchRuns(ids, context), context);
  },
};

function configOf(file: PartialConfig, given: Parameters<Command['run']>[0]): PartialConfig {
  const changed = applySettings(file, given.all('set'));
  const device = given.text('device');
  const name = given.text('name');
  if (name !== undefined && name.trim() === '')
    throw new UsageError('--name is empty; leave it out for a name made from the config.');
  const withDevice = device === undefined ? changed : withValue(changed, 'device', device);
  return name === undefined ? withDevice : withValue(withDevice, 'name', name);
}
