/**
 * Fills the table of meta-learned starts in docs/results.md by the command line: a network is fine-tuned on 1 and 5
 * drawings of new characters, from scratch, from MAML and from pretraining, paired by seed:
 * `node test/bench/meta-learned-start.ts --home DIR [--seeds 10] [--print]` with the shipped Node.
 * What the data folder has already is not run again; it must have omniglot-small (docs/results.md says how).
 */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { ci95OfFew } from '../../src/shared/statistics/intervals.ts';

interface Run {
  readonly id: string;
  readonly name: string;
  readonly config: {
    readonly seed: number;
    readonly task: { readonly perClass?: number };
    readonly algorithm: { readonly kind: string; readonly start?: string };
    readonly outer: { readonly optimizer: string };
  };
  readonly final: { readonly mean: number } | null;
}

/** Meta-learning before, and the name that its network has in the library. */
const sources = [
  { example: 'few-shot-maml', run: 'maml-omniglot-small-5w1s-s1', model: 'maml-omniglot-small' },
  {
    example: 'few-shot-pretrain-linear',
    run: 'pretrain-linear-omniglot-small-5w1s-s1',
    model: 'pretrain-omniglot-small',
  },
] as const;
const starts = ['scratch', ...sources.map(({ model }) => model)];
const shots = [1, 5];

/** Fine-tuning as it usually is, and as an inner loop does it: few steps of plain gradient descent. */
const ways = [
  { name: 'Adam 0.001, 50 steps', optimizer: 'adam', set: [] },
  {
    name: 'SGD 0.4, 5 steps',
    optimizer: 'sgd',
    set: ['outer.optimizer=sgd', 'outer.rate=0.4', 'algorithm.epochs=5'],
  },
] as const;
type Way = (typeof ways)[number];

const root = join(import.meta.dirname, '../..');
const given = parseArgs({
  options: {
    home: { type: 'string' },
    seeds: { type: 'string', default: '10' },
    print: { type: 'boolean', default: false },
  },
}).values;
if (given.home === undefined) throw new Error('--home is missing; allowed: a data folder that has omniglot-small.');
const home = given.home;
const seeds = Array.from({ length: Number(given.seeds) }, (_, index) => index + 1);

async function makeStart({ example, run, model }: (typeof sources)[number]): Promise<void> {
  const { models } = (await innerloop('models', 'list')) as { readonly models: readonly { readonly name: string }[] };
  if (models.some(({ name }) => name === model)) return;
  const known = (await finishedRuns()).get(run);
  if (known === undefined) await innerloop('run', `resources/examples/${example}.json`);
  const made = (await finishedRuns()).get(run);
  if (made === undefined) throw new Error(`${run} did not complete.`);
  await innerloop('models', 'adopt', made.id, '--name', model);
}

/** One launch: every start at every number of drawings with every seed; what exists is skipped. */
async function fineTune(way: Way): Promise<void> {
  const set = ['name={algorithm.start}-{task.perClass}-{outer.optimizer}-s{seed}', ...way.set];
  await innerloop(
    ...['run', 'resources/examples/fine-tune-omniglot-scratch.json', '--seeds', seeds.join(',')],
    ...set.flatMap((change) => ['--set', change]),
    ...['--sweep', `algorithm.start=${starts.join(',')}`, '--sweep', `task.perClass=${shots.join(',')}`],
  );
}

const runName = (start: string, shot: number, { optimizer }: Way, seed: number): string =>
  `${start}-${shot}-${optimizer}-s${seed}`;

/** Test accuracy: mean over the seeds and half the width of its 95 % interval, and of the paired gain over scratch. */
async function table(): Promise<string> {
  const finished = await finishedRuns();
  const valuesOf = (start: string, shot: number, way: Way) =>
    seeds.map((seed) => finished.get(runName(start, shot, way, seed))?.final?.mean ?? Number.NaN);
  const rows = ways.flatMap((way) =>
    starts.map((start) => {
      const cells = shots.map((shot) => {
        const values = valuesOf(start, shot, way);
        const scratch = valuesOf('scratch', shot, way);
        const gain = values.map((value, index) => value - scratch[index]!);
        return start === 'scratch' ? percent(values) : `${percent(values)} (${signed(gain)})`;
      });
      return `| ${way.name} | ${start} | ${cells.join(' | ')} |`;
    }),
  );
  const head = `| Fine-tuning | Start | ${shots.map((shot) => `${shot} a class`).join(' | ')} |`;
  return [head, `| --- | --- | ${shots.map(() => '---:').join(' | ')} |`, ...rows].join('\n');
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const half = (values: readonly number[]): string => (100 * ci95OfFew(values)).toFixed(1);
const percent = (values: readonly number[]): string => `${(100 * meanOf(values)).toFixed(1)} ± ${half(values)} %`;
const signed = (values: readonly number[]): string => {
  const mean = 100 * meanOf(values);
  return `${mean < 0 ? '' : '+'}${mean.toFixed(1)} ± ${half(values)}`;
};

/** A sweep skips what exists under any name, so runs of fine-tuning are known by their config. */
function keyOf({ name, config: { algorithm, task, outer, seed } }: Run): string {
  if (algorithm.kind !== 'fine-tune-network') return name;
  return `${algorithm.start}-${task.perClass}-${outer.optimizer}-s${seed}`;
}

async function finishedRuns(): Promise<ReadonlyMap<string, Run>> {
  const { runs } = (await innerloop('runs', '--filter', 'state:completed', '--limit', '10000')) as {
    readonly runs: readonly Run[];
  };
  return new Map(runs.map((run) => [keyOf(run), run]));
}

async function innerloop(...words: readonly string[]): Promise<unknown> {
  const cli = join(root, 'src/main/cli/index.ts');
  const args = [cli, ...words, '--home', home, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 2 ** 28 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

if (!given.print) {
  for (const source of sources) await makeStart(source);
  for (const way of ways) await fineTune(way);
}
console.log(await table());
