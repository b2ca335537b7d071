/**
 * Fills the tables of docs/results.md by the command line, one run after the other:
 * `node test/bench/few-shot-tables.ts --home DIR [--seeds 1,2,3] [--rows maml,boil] [--print]` with the shipped Node.
 * What the data folder has already is not run again, so that it can be killed and started anew at any time; --print only
 * prints the tables as they stand. Several --home are read together, and new runs go into the first: machines with more
 * cores than a run takes can fill the tables from several sides. Take a fresh data folder after changing an example.
 */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import {
  imageSettings,
  imageTable,
  type Row,
  rows,
  type Setting,
  sinusoidRows,
  sinusoidShots,
  sinusoidTable,
  type TableEvaluation,
  type TableRun,
} from './few-shot-tables/tables.ts';

const root = join(import.meta.dirname, '../..');
const given = parseArgs({
  options: {
    home: { type: 'string', multiple: true },
    seeds: { type: 'string', default: '1,2,3' },
    rows: { type: 'string' },
    print: { type: 'boolean', default: false },
  },
}).values;
if (given.home?.[0] === undefined)
  throw new Error('--home is missing; allowed: a data folder that has omniglot-small.');
const homes = given.home;
const seeds = given.seeds.split(',').map(Number);
const wanted = given.rows?.split(',').map((word) => `few-shot-${word}`);
const isWanted = ({ example }: Row): boolean => wanted?.includes(example) ?? true;

if (!given.print) await runAll();
console.log(await printed());

/** The cheapest first, and seed by seed: what is cut short then leaves a table to read. */
async function runAll(): Promise<void> {
  for (const seed of seeds) for (const row of sinusoidRows.filter(isWanted)) await runRow(row, null, seed);
  for (const setting of imageSettings) {
    for (const seed of seeds) for (const row of rows.filter(isWanted)) await runRow(row, setting, seed);
  }
}

async function runRow(row: Row, setting: Setting | null, seed: number): Promise<void> {
  const name = runName(row, setting, seed);
  let run: FoundRun | undefined = (await finishedRuns()).get(name);
  if (run === undefined) {
    console.error(`${new Date().toISOString().slice(11, 19)} ${name}`);
    const changes = setting === null ? [] : [`task.way=${setting.way}`, `task.shot=${setting.shot}`];
    const set = changes.flatMap((change) => ['--set', change]);
    await innerloop(homes[0]!, 'run', `resources/examples/${row.example}.json`, '--set', `seed=${seed}`, ...set);
    run = (await finishedRuns()).get(name);
    if (run === undefined) throw new Error(`${name} did not complete.`);
  }
  if (setting !== null) return;
  const measured = await evaluationsOf(run);
  for (const shot of sinusoidShots.filter((asked) => !measured.some(({ protocol }) => protocol.shot === asked))) {
    await innerloop(run.home, 'evaluate', run.id, '--shot', String(shot), '--query', '100', '--episodes', '600');
  }
}

function runName({ example }: Row, setting: Setting | null, seed: number): string {
  return setting === null
    ? `${example.replace('sinusoid-frequencies-', '')}-sinusoid-frequencies-5shot-s${seed}`
    : `${example.replace('few-shot-', '')}-omniglot-small-${setting.way}w${setting.shot}s-s${seed}`;
}

async function printed(): Promise<string> {
  const finished = await finishedRuns();
  const parts: string[] = [];
  for (const setting of imageSettings) {
    const columns = rows.map((row) => ({ row, runs: runsOf(finished, row, setting) }));
    parts.push(`### ${setting.way}-way ${setting.shot}-shot\n\n${imageTable(columns)}`);
  }
  const sinusoids = [];
  for (const row of sinusoidRows) {
    const runs = runsOf(finished, row, null);
    sinusoids.push({ row, runs, evaluations: await Promise.all(runs.map(evaluationsOf)) });
  }
  parts.push(`### Sinusoid with frequencies\n\n${sinusoidTable(sinusoids)}`);
  return `${parts.join('\n\n')}\n`;
}

function runsOf(finished: ReadonlyMap<string, FoundRun>, row: Row, setting: Setting | null): readonly FoundRun[] {
  return seeds.flatMap((seed) => finished.get(runName(row, setting, seed)) ?? []);
}

type FoundRun = TableRun & { readonly home: string };

/** By name; where several data folders have one, the first folder's. */
async function finishedRuns(): Promise<ReadonlyMap<string, FoundRun>> {
  const found: FoundRun[] = [];
  for (const home of homes) {
    const { runs } = (await innerloop(home, 'runs', '--filter', 'state:completed', '--limit', '10000')) as {
      readonly runs: readonly TableRun[];
    };
    found.unshift(...runs.map((run) => ({ ...run, home })));
  }
  return new Map(found.map((run) => [run.name, run]));
}

/** Those at 100 queries, which `innerloop evaluate` added to the run's own. */
async function evaluationsOf(run: FoundRun): Promise<readonly TableEvaluation[]> {
  const shown = (await innerloop(run.home, 'show', run.id)) as { readonly evaluations: readonly TableEvaluation[] };
  return shown.evaluations.filter(({ protocol }) => protocol.query === 100);
}

async function innerloop(home: string, ...words: readonly string[]): Promise<unknown> {
  const cli = join(root, 'src/main/cli/index.ts');
  const args = [cli, ...words, '--home', home, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 2 ** 28 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
