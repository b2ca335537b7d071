import type { BenchMeasurement } from '../../../shared/bench/measurement.ts';
import {
  type BenchRow,
  benchVariants,
  benchWorkloads,
  rowsOf,
  workloadFacts,
} from '../../../shared/bench/workloads.ts';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { EventOf } from '../../../shared/contract/events.ts';
import { benchLines, type MeasuredRow } from '../bench-table.ts';
import type { CliContext, Command, ExitCode, Given } from '../command.ts';
import { bar } from '../progress-line.ts';

/** In the plan of the product; asked for, they say that they are not measured yet. */
const laterWorkloads = ['finetune'] as const;
const defaultSeconds = 3;

export const benchCommand: Command = {
  name: 'bench',
  summary: "the engine's own speed and memory on fixed workloads",
  arguments: [],
  options: [
    {
      name: 'workload',
      value: 'NAME',
      help: `${[...benchWorkloads, ...laterWorkloads].join(', ')}; may stand several times (default: all that are measured)`,
      choices: [...benchWorkloads, ...laterWorkloads],
      repeats: 'yes',
    },
    {
      name: 'variant',
      value: 'NAME',
      help: `${benchVariants.join(', ')}; may stand several times (default: all)`,
      choices: benchVariants,
      repeats: 'yes',
    },
    { name: 'seconds', value: 'N', help: `measured time of each row, 1 to 60 (default ${defaultSeconds})` },
  ],
  details: [
    'A step is a whole meta-iteration of second-order MAML, from drawing the tasks to the updated weights:',
    ...benchWorkloads.map((name) => `  ${name}: ${workloadFacts[name].label}`),
    'Each row is a process of its own; "chosen" is what a run gets by itself. Milliseconds are the median over calls.',
    'Other programs show in the numbers: measure on a quiet machine, and compare rows of one bench only.',
  ].join('\n'),
  examples: ['bench', 'bench --workload sinusoid --json', 'bench --workload conv4-omniglot --variant chosen'],
  run: runBench,
};

async function runBench(given: Given, context: CliContext): Promise<ExitCode> {
  const { terminal } = context;
  const seconds = given.wholeNumber('seconds', 1, 60) ?? defaultSeconds;
  const wanted = given.all('workload');
  const later = laterWorkloads.filter((name) => wanted.includes(name));
  for (const name of later) terminal.note(`${name} is not measured yet in this version.`);
  const rows = chosenRows(wanted, given.all('variant'));
  const measured = rows.length === 0 ? [] : await measureRows(rows, seconds, context);
  const interrupted = measured.length < rows.length;
  terminal.clearStatus();
  if (interrupted) terminal.note(`Ended after ${measured.length} of ${rows.length} rows.`);
  if (measured.length > 0) {
    const engine = measured.find(({ measurement }) => measurement !== null)?.measurement?.engine;
    if (engine) terminal.say(`${engine.deviceName}; TensorFlow ${engine.tensorflow}; Node ${process.versions.node}`);
    for (const line of benchLines(measured, terminal.width)) terminal.say(line);
  }
  terminal.answer({ rows: measured.map(answered) });
  if (interrupted) return 130;
  return later.length > 0 || measured.some(({ problem }) => problem !== null) ? 1 : 0;
}

function chosenRows(workloads: readonly string[], variants: readonly string[]): BenchRow[] {
  const isWanted = (name: string, wanted: readonly string[]) => wanted.length === 0 || wanted.includes(name);
  return benchWorkloads
    .filter((name) => isWanted(name, workloads))
    .flatMap((name) =>
      rowsOf(
        name,
        benchVariants.filter((variant) => isWanted(variant, variants)),
      ),
    );
}

/** One after another; Ctrl+C ends the row at work, and then there are fewer rows. A row that fails keeps its reason. */
async function measureRows(rows: readonly BenchRow[], seconds: number, context: CliContext): Promise<MeasuredRow[]> {
  const { terminal, interrupts } = context;
  const core = context.core();
  const { running } = await core.request('queue.get', null);
  if (running.length > 0) terminal.note('A run is training meanwhile: it slows down what is measured here.');
  let at = 0;
  const show = (progress: Pick<EventOf<'bench.progress'>, 'phase' | 'share'>): void =>
    terminal.status(progressLine(rows, at, progress));
  let interrupted = false;
  const releases = [
    interrupts.take(() => {
      interrupted = true;
      void core.request('bench.cancel', null).catch(() => undefined); // the core has just ended by itself
    }),
    context.on('bench.progress', show),
  ];
  const measured: MeasuredRow[] = [];
  try {
    for (const row of rows) {
      if (interrupted) break;
      at = measured.length;
      show({ phase: 'loading', share: 0 });
      measured.push(await measureRow(row, () => core.request('bench.measure', { row, seconds })));
    }
    return measured;
  } catch (thrown) {
    if (interrupted && thrown instanceof InnerloopError && thrown.code === 'cancelled') return measured;
    throw thrown;
  } finally {
    for (const release of releases) release();
  }
}

async function measureRow(row: BenchRow, measure: () => Promise<BenchMeasurement>): Promise<MeasuredRow> {
  try {
    return { ...row, measurement: await measure(), problem: null };
  } catch (thrown) {
    const ofTheRow = thrown instanceof InnerloopError && rowFailures.some((code) => code === thrown.code);
    if (!ofTheRow) throw thrown;
    return { ...row, measurement: null, problem: thrown.message };
  }
}

/** What may go wrong with one row while the next still makes sense. */
const rowFailures = ['out-of-memory', 'not-finite', 'trainer-died'] as const;

/** "[######------------------] row 6 of 20  sinusoid, 5 inner steps, eager: training". */
function progressLine(
  rows: readonly BenchRow[],
  at: number,
  { phase, share }: Pick<EventOf<'bench.progress'>, 'phase' | 'share'>,
): string {
  const { workload, innerSteps, variant } = rows[at]!;
  const steps = `${innerSteps} inner ${innerSteps === 1 ? 'step' : 'steps'}`;
  const doing = phase === 'training' ? 'measuring' : phase;
  return `${bar((at + share) / rows.length)} row ${at + 1} of ${rows.length}  ${workload}, ${steps}, ${variant}: ${doing}`;
}

/** A row as `--json` gives it; without a measurement the numbers are null and `problem` says why. */
function answered({ measurement, ...row }: MeasuredRow) {
  const { msPerStep = null, fastestMs = null, firstCallMs = null, peakMb = null, engine = null } = measurement ?? {};
  return { ...row, msPerStep, fastestMs, firstCallMs, peakMb, engine };
}
