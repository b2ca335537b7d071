/**
 * Our engine and its Python peers on the same work, in one table. With the shipped Node:
 *
 *   node test/bench/compare.ts [WORD ...] [--venv DIR] [--rounds 3] [--seconds 2] [--json FILE]
 *                              [--python python3] [--torch-index URL]
 *
 * The peers are installed into the folder --venv when they are not there yet. Words pick rows: each must stand in the
 * name of the work (`sinusoid`, `5-step`, `fine-tune`, `16x64`) or of the engine (`jax`, `scan8`); `innerloop` measures ours alone and needs no
 * Python; `all` adds rows that take very long. Every row is a process of its own. The processes of one work are started
 * one after another, and then measured round by round, so that a slow minute of the machine hits all of them.
 * Other programs still show in the numbers: measure on a quiet machine.
 */

import { appendFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { problemsOf, type Result, tableOf, verdictsOf, versionsOf } from './comparison-table.ts';
import { type Contestant, contestantsOf, isPicked, nameOf, settingOf, type Work, works } from './contestants.ts';
import { type FirstCall, type MeasuredProcess, startMeasured, type Window } from './measured-process.ts';
import { installPeers } from './peers-environment.ts';

/** Beyond these a row is given up: starting and warming up with its compilations, and one window of measuring. */
const startLimitMs = 150_000;
const windowLimitMs = 60_000;
/** A first window, of at least one call, whose numbers are thrown away. */
const warmUpSeconds = 0.5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    venv: { type: 'string', default: join(tmpdir(), 'innerloop-peers') },
    python: { type: 'string', default: 'python3' },
    'torch-index': { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
});
const words = positionals.map((word) => word.toLowerCase());
const rounds = positive('rounds', values.rounds);
const seconds = positive('seconds', values.seconds);
const picked = works.map((work) => ({ work, contestants: pickedFor(work) }));
if (picked.every(({ contestants }) => contestants.length === 0))
  throw new Error(`No row has ${words.join(' and ')} in its name.`);
const peersFor = picked.filter(({ contestants }) => contestants.some(({ who }) => who === 'peer'));
const kinds = new Set(peersFor.map(({ work }) => (work.workload === 'fine-tune' ? 'fine-tuning' : 'meta-learning')));
const peers = { python: values.python, folder: values.venv, torchIndex: values['torch-index'] ?? null, say };
const [python = ''] = [...kinds].map((kind) => installPeers({ kind, ...peers }));
if (values.json !== undefined) writeFileSync(values.json, '');

const began = performance.now();
const results: Result[] = [];
const busy: number[] = [];
for (const { work, contestants } of picked) results.push(...(await measureWork(work, contestants)));
for (const line of [...tableOf(results), '', ...verdictsOf(results), ...problemsOf(results), '', machine()])
  console.log(line);

function pickedFor(work: Work): readonly Contestant[] {
  const all = contestantsOf(work);
  const named = all.filter((contestant) => isPicked(work, contestant, words));
  return named.length === 0 ? [] : [...new Set([all[0]!, ...named])]; // ours is what all are compared with
}

interface Racing {
  readonly contestant: Contestant;
  readonly windows: Window[];
  process: MeasuredProcess | null;
  first: FirstCall | null;
  problem: string | null;
}

async function measureWork(work: Work, contestants: readonly Contestant[]): Promise<Result[]> {
  const racing: Racing[] = [];
  try {
    for (const contestant of contestants) racing.push(await started(work, contestant));
    for (let round = 1; round <= rounds; round++) {
      const shift = (round - 1) % racing.length; // nobody is always the first
      for (const one of [...racing.slice(shift), ...racing.slice(0, shift)]) await measureRound(work, one, round);
    }
  } finally {
    for (const { process: running } of racing) running?.end();
  }
  return racing.map(({ contestant: { name, who, products }, first, windows, problem }) => ({
    workload: work.workload,
    setting: settingOf(work),
    name,
    who,
    products,
    first,
    windows,
    problem,
  }));
}

/** Started, compiled and warm; or with the reason why not. */
async function started(work: Work, contestant: Contestant): Promise<Racing> {
  const label = `${nameOf(work)}, ${contestant.name}`;
  const racing: Racing = { contestant, windows: [], process: null, first: null, problem: null };
  try {
    racing.process = await startMeasured(contestant.command(python), startLimitMs);
    racing.first = racing.process.first;
    await racing.process.measure(warmUpSeconds, startLimitMs); // some compile anew at their second call
    keep({ ...work, name: contestant.name, first: racing.first });
    say(
      `${label}: first call ${(racing.first.firstCallMs / 1000).toFixed(1)} s${racing.first.note ? ` (${racing.first.note})` : ''}`,
    );
  } catch (error) {
    giveUp(racing, label, error);
  }
  return racing;
}

async function measureRound(work: Work, racing: Racing, round: number): Promise<void> {
  if (!racing.process) return;
  const label = `${nameOf(work)}, ${racing.contestant.name}`;
  try {
    const before = busySeconds();
    const from = performance.now();
    const window = await racing.process.measure(seconds, windowLimitMs);
    const wall = (performance.now() - from) / 1000;
    const othersShare = Math.max(0, busySeconds() - before - window.cpuSeconds) / (wall * availableParallelism());
    busy.push(othersShare);
    racing.windows.push(window);
    keep({ ...work, name: racing.contestant.name, round, ...window, othersShare });
    say(`${label}, round ${round}: ${window.msPerStep.toPrecision(4)} ms (${window.steps} steps)`);
  } catch (error) {
    giveUp(racing, label, error);
  }
}

function giveUp(racing: Racing, label: string, error: unknown): void {
  racing.process?.end();
  racing.process = null;
  racing.problem = error instanceof Error ? error.message : String(error);
  say(`${label}: ${racing.problem}`);
}

/** Seconds that all processors have worked so far. */
function busySeconds(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + (user + nice + sys + irq) / 1000, 0);
}

function machine(): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const most = busy.length === 0 ? 0 : Math.max(...busy);
  return [
    `${cpus()[0]?.model.trim()}, ${availableParallelism()} threads, ${memory}; CPU only. ${versionsOf(results)}.`,
    `Medians over ${rounds} rounds of ${seconds} s; other programs took at most ${Math.round(100 * most)} % of the machine.`,
    `Took ${Math.round((performance.now() - began) / 1000)} s.`,
  ].join('\n');
}

function keep(line: object): void {
  if (values.json !== undefined) appendFileSync(values.json, `${JSON.stringify(line)}\n`);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function positive(name: string, typed: string): number {
  const value = Number(typed);
  if (typed.trim() !== '' && value > 0) return value;
  throw new Error(`--${name} is "${typed}"; allowed: a number above 0.`);
}
