/**
 * One row of our own engine in a process of its own, asked like the peers (peers/measure.py): answers the first call,
 * then a window for each line of seconds on standard input. Argument: the row as JSON.
 */

import { createInterface } from 'node:readline';
import { createMetaLearner } from '../../src/main/learning/meta-learner.ts';
import type { TaskSource } from '../../src/main/learning/tasks/task-source.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../src/main/trainer/graph-folder.ts';
import { noiseImages } from '../../src/main/trainer/noise-images.ts';
import { type TimedWindow, timeLearner } from '../../src/main/trainer/timed-learner.ts';
import { benchConfig, benchRowSchema, workloadFacts } from '../../src/shared/bench/workloads.ts';
import type { FirstCall, Window } from './measured-process.ts';

const row = benchRowSchema.parse(JSON.parse(process.argv[2] ?? ''));
const config = benchConfig(row);
const { images } = workloadFacts[row.workload];
const device = await loadTensorFlow();
const beforeMb = peakMb();
const source: TaskSource = images === null ? { kind: 'sinusoid' } : noiseImages(images);
const learner = createMetaLearner({ config, source, writeGraph: writeGraphFolder });
const timed = timeLearner(learner, () => performance.now());
const { mode, xla, taskBatching, stepsPerCall, reason, parameters } = timed.facts;
say({
  firstCallMs: timed.firstCallMs,
  beforeMb,
  parameters,
  stepsPerCall,
  versions: { TensorFlow: device.libtensorflowVersion, Node: process.versions.node },
  note: `${mode}, XLA ${xla}, tasks ${taskBatching}${reason === null ? '' : `: ${reason}`}`,
} satisfies FirstCall);
for await (const line of createInterface({ input: process.stdin })) {
  const cpu = process.cpuUsage();
  const window: TimedWindow = { forMs: Number(line) * 1000, fewestCalls: 1, between: async () => 'go on' };
  const { msPerStep, fastestMs, steps } = (await timed.measure(window))!;
  const { user, system } = process.cpuUsage(cpu);
  say({ msPerStep, fastestMs, steps, peakMb: peakMb(), cpuSeconds: (user + system) / 1e6 } satisfies Window);
}
process.exit(0); // TensorFlow's threads would keep the process alive

function say(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function peakMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}
