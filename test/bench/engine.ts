/**
 * Times the learning engine: `node test/bench/engine.ts [words of the workload or engine]` with the shipped Node.
 * Each line is a process of its own with the environment that a run would get. Other programs on the machine show up in
 * the numbers: compare medians only with others taken in the same minutes, and the fastest call with anything.
 */

import { execFile } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { trainerEnvironment } from '../../src/main/files/tensorflow-env.ts';
import { adviseThreads } from '../../src/shared/run-config/thread-advice.ts';
import type { Measurement } from './measure.ts';
import { type Engine, type Workload, workloads } from './workloads.ts';

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const cores = availableParallelism();
console.log(`${cpus()[0]?.model.trim()}, ${cores} threads; Node ${process.versions.node}; CPU only\n`);
console.log(line('', 'median ms', 'fastest', 'prepare s', 'peak MB'));
for (const [workloadIndex, workload] of workloads.entries()) {
  const rows = workload.engines.map((engine, engineIndex) => ({ engine, engineIndex }));
  const wanted = rows.filter(({ engine }) => isWanted(workload, engine));
  if (wanted.length > 0) {
    console.log(workload.label);
  }
  for (const { engine, engineIndex } of wanted) {
    const result = await measure(workload, engine, [workloadIndex, engineIndex]);
    const { medianMs, fastestMs, prepareMs, peakMegabytes, reason } = result;
    const numbers = [
      medianMs.toFixed(2),
      fastestMs.toFixed(2),
      (prepareMs / 1000).toFixed(1),
      peakMegabytes.toFixed(0),
    ];
    console.log(line(`  ${engine.label}`, ...numbers), reason ?? '');
  }
}

function isWanted(workload: Workload, engine: Engine): boolean {
  const text = `${workload.label} ${engine.label}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

async function measure(workload: Workload, engine: Engine, places: readonly number[]): Promise<Measurement> {
  const threads = adviseThreads(workload.config(engine), cores);
  const env = { ...process.env, ...trainerEnvironment({ device: 'cpu', threads }) };
  const entry = join(import.meta.dirname, 'measure.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [entry, ...places.map(String)], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measurement;
}

function line(label: string, ...numbers: readonly string[]): string {
  return label.padEnd(28) + numbers.map((number) => number.padStart(11)).join('');
}
