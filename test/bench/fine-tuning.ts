/**
 * Fills the table "Fine-tuning beside PyTorch" of docs/results.md: the same mails, encoder and settings on both sides, ours
 * by the command line, one run after the other. With the shipped Node:
 *
 *   node test/bench/fine-tuning.ts --folder DIR [--seeds 42,43,44] [--venv DIR] [--python python3]
 *                                  [--torch-index URL] [--print]
 *
 * DIR takes the corpus, the encoder, a data folder and the results. What is there is not made again, so that it can be
 * killed and started anew at any time; --print only prints the table as it stands. A run takes about 5 minutes on two free cores.
 */

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type CommandLine, commandLineOf } from './fine-tuning/command-line.ts';
import { compareExport } from './fine-tuning/compare-export.ts';
import { fetchGround, type Ground } from './fine-tuning/ground.ts';
import {
  differences,
  type FineTuning,
  fineTuningTable,
  ofPeer,
  ofRun,
  peerResultSchema,
  shownRunSchema,
} from './fine-tuning/table.ts';
import { installPeers } from './peers-environment.ts';

const given = parseArgs({
  options: {
    folder: { type: 'string' },
    seeds: { type: 'string', default: '42,43,44' },
    venv: { type: 'string', default: join(tmpdir(), 'innerloop-peers') },
    python: { type: 'string', default: 'python3' },
    'torch-index': { type: 'string' },
    print: { type: 'boolean', default: false },
  },
}).values;
if (given.folder === undefined) throw new Error('--folder is missing; allowed: a folder that may be thrown away.');
const folder = given.folder;
const seeds = given.seeds.split(',').map(Number);
const precisions = ['float32', 'bfloat16'] as const;
const innerloop = commandLineOf(join(folder, 'home'));
const config = join(import.meta.dirname, 'fine-tuning', 'spam-mails.json');

if (!given.print) await runAll();
const all = await results();
console.log([fineTuningTable(all), ...differences(all)].join('\n\n'));

/** Seed by seed, so that what is cut short leaves a table to read. */
async function runAll(): Promise<void> {
  const torchIndex = given['torch-index'] ?? null;
  const python = installPeers({ kind: 'fine-tuning', python: given.python, folder: given.venv, torchIndex, say });
  const ground = fetchGround(folder, given.python);
  await importGround(innerloop, ground);
  for (const seed of seeds) {
    await runPeer(python, ground, seed);
    for (const precision of precisions) await runOurs(precision, seed);
  }
  const proof = join(folder, 'exported.txt');
  if (!existsSync(proof))
    writeFileSync(
      proof,
      await compareExport({ innerloop, folder, ground, python, run: runName('float32', seeds[0]!) }),
    );
  console.log(readFileSync(proof, 'utf8').trim());
}

async function importGround(run: CommandLine, { mails, model }: Ground): Promise<void> {
  const { datasets } = (await run('datasets', 'list')) as { readonly datasets: readonly { readonly name: string }[] };
  if (!datasets.some(({ name }) => name === 'spam-mails')) {
    const columns = ['--text', 'text', '--label', 'label', '--split-column', 'split'];
    await run('datasets', 'import', mails, '--name', 'spam-mails', ...columns);
  }
  const { models } = (await run('models', 'list')) as { readonly models: readonly { readonly name: string }[] };
  if (!models.some(({ name }) => name === 'minilm')) await run('models', 'import', model, '--name', 'minilm');
}

function peerFile(seed: number): string {
  return join(folder, 'pytorch', `seed-${seed}.json`);
}

async function runPeer(python: string, { mails, model }: Ground, seed: number): Promise<void> {
  const file = peerFile(seed);
  if (existsSync(file)) return;
  say(`PyTorch, seed ${seed}`);
  const script = join(import.meta.dirname, 'peers', 'fine_tune.py');
  const words = [script, '--model', model, '--texts', mails, '--seed', String(seed)];
  const env = { ...process.env, CUDA_VISIBLE_DEVICES: '-1', PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await promisify(execFile)(python, words, { env, maxBuffer: 2 ** 26 });
  mkdirSync(join(folder, 'pytorch'), { recursive: true });
  writeFileSync(`${file}.part`, stdout.trim().split('\n').at(-1) ?? '');
  renameSync(`${file}.part`, file);
}

function runName(precision: (typeof precisions)[number], seed: number): string {
  return `spam-mails-${precision}-s${seed}`;
}

async function runOurs(precision: (typeof precisions)[number], seed: number): Promise<void> {
  const name = runName(precision, seed);
  if ((await finishedRuns()).has(name)) return;
  say(name);
  await innerloop('run', config, '--set', `seed=${seed}`, '--set', `model.precision=${precision}`);
}

async function results(): Promise<FineTuning[]> {
  const peers = seeds.map(peerFile).filter((file) => existsSync(file));
  const theirs = peers.map((file) => ofPeer(peerResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')))));
  const finished = await finishedRuns();
  const ours: FineTuning[] = [];
  for (const precision of precisions) {
    for (const seed of seeds) {
      const id = finished.get(runName(precision, seed));
      if (id === undefined) continue;
      const shown = shownRunSchema.parse(await innerloop('show', id, '--log', '200'));
      ours.push(ofRun(shown, `Innerloop ${precision}`, seed));
    }
  }
  return [...theirs, ...ours];
}

async function finishedRuns(): Promise<ReadonlyMap<string, string>> {
  const { runs } = (await innerloop('runs', '--filter', 'state:completed', '--limit', '1000')) as {
    readonly runs: readonly { readonly name: string; readonly id: string }[];
  };
  return new Map(runs.map(({ name, id }) => [name, id]));
}

function say(sentence: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${sentence}`);
}
