import type { BenchMeasurement } from '../../../shared/bench/measurement.ts';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import { type EngineChoice, engineCandidates, withEngineChoice } from '../../../shared/run-config/engine-choice.ts';
import { significant } from '../../../shared/text/number-words.ts';
import type { CliContext, Command, ExitCode, Given } from '../command.ts';
import { applySettings, completeConfig, readConfigFile } from '../config-file.ts';

const defaultSeconds = 2;

interface Measured {
  readonly choice: EngineChoice;
  readonly measurement: BenchMeasurement | null;
  readonly problem: string | null;
}

export const calibrateCommand: Command = {
  name: 'calibrate',
  summary: 'measure which way of computing is fastest for a config here, and remember it',
  arguments: [{ name: 'FILE', help: 'a config file, or the name of an example', count: 'one' }],
  options: [
    { name: 'set', value: 'PATH=VALUE', help: 'change a field first', repeats: 'yes' },
    { name: 'seconds', value: 'N', help: `measured time of each way, 1 to 60 (default ${defaultSeconds})` },
  ],
  details: [
    'Measures XLA on and off, tasks batched and looped, and iterations per call, as far as the config leaves them open.',
    'Runs launched afterwards with the same model and task sizes take the fastest; it is stored in their config.',
    'The ways differ in the last bits of their results, so a run measures nothing by itself. Calibrate on a quiet machine.',
  ].join('\n'),
  examples: ['calibrate my-run.json', 'calibrate maml-omniglot-5w1s --seconds 5'],
  run: calibrate,
};

async function calibrate(given: Given, context: CliContext): Promise<ExitCode> {
  const { terminal } = context;
  const seconds = given.wholeNumber('seconds', 1, 60) ?? defaultSeconds;
  const config = completeConfig(applySettings(readConfigFile(given.positionals[0]!, context), given.all('set')));
  const candidates = engineCandidates(config);
  if (candidates.length === 0) {
    terminal.say('The config leaves nothing open to the engine: there is nothing to measure.');
    terminal.answer({ measured: [], fastest: null });
    return 0;
  }
  const core = context.core();
  const measured: Measured[] = [];
  for (const choice of candidates) {
    terminal.status(`way ${measured.length + 1} of ${candidates.length}: ${inWords(choice)}`);
    const timed = { config: withEngineChoice(config, choice), seconds };
    measured.push(await measureOne(choice, () => core.request('engine.measure', timed)));
  }
  terminal.clearStatus();
  for (const one of measured) {
    const time = one.measurement ? `${significant(one.measurement.msPerStep)} ms` : one.problem;
    terminal.say(`  ${inWords(one.choice).padEnd(44)} ${time}`);
  }
  const fastest = fastestOf(measured);
  if (fastest) await core.request('engine.remember', { config: { ...config }, choice: fastest.choice });
  terminal.say(
    fastest ? `Remembered for such runs on this machine: ${inWords(fastest.choice)}.` : 'No way could be measured.',
  );
  terminal.answer({
    measured: measured.map(({ choice, measurement, problem }) => ({
      ...choice,
      ...{ msPerStep: measurement?.msPerStep ?? null, problem },
    })),
    fastest: fastest?.choice ?? null,
  });
  return fastest ? 0 : 1;
}

/** A way that runs out of memory or diverges is out of the question; the others still make sense. */
async function measureOne(choice: EngineChoice, measure: () => Promise<BenchMeasurement>): Promise<Measured> {
  try {
    return { choice, measurement: await measure(), problem: null };
  } catch (thrown) {
    const ofThisWay =
      thrown instanceof InnerloopError && ['out-of-memory', 'not-finite', 'trainer-died'].includes(thrown.code);
    if (!ofThisWay) throw thrown;
    return { choice, measurement: null, problem: thrown.message };
  }
}

function fastestOf(measured: readonly Measured[]): Measured | undefined {
  const time = ({ measurement }: Measured) => measurement?.msPerStep ?? Number.POSITIVE_INFINITY;
  return measured.filter(({ measurement }) => measurement !== null).sort((a, b) => time(a) - time(b))[0];
}

const inWords = ({ xla, taskBatching, stepsPerCall }: EngineChoice): string =>
  `XLA ${xla}, tasks ${taskBatching}, ${stepsPerCall === 1 ? '1 iteration' : `${stepsPerCall} iterations`} a call`;
