/**
 * Does memory stay flat? `node test/bench/memory.ts [algorithms]` with the shipped Node trains each algorithm for 10,000
 * meta-iterations in a process of its own, with an evaluation after every 1,000, and compares the resident size of the
 * first 1,000 with that of the last 1,000. Tensors are counted in tfjs and in TensorFlow's binding.
 */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { trainerEnvironment } from '../../src/main/files/tensorflow-env.ts';
import { createMetaLearner } from '../../src/main/learning/meta-learner.ts';
import type { TaskSource } from '../../src/main/learning/tasks/task-source.ts';
import { loadTensorFlow } from '../../src/main/trainer/device.ts';
import { writeGraphFolder } from '../../src/main/trainer/graph-folder.ts';
import { noiseImages } from '../../src/main/trainer/noise-images.ts';
import { episodeAlgorithms } from '../../src/shared/run-config/algorithm-facts.ts';
import { completeFromTask } from '../../src/shared/run-config/complete.ts';
import { type MetaRunConfig, runConfigSchema } from '../../src/shared/run-config/schema.ts';
import { adviseThreads } from '../../src/shared/run-config/thread-advice.ts';

const iterations = 10_000;
const evaluateEvery = 1000;
const sampleEvery = 100;
/** These have no inner loop that regression could train, or need classes. */
const onImages: readonly string[] = ['proto-net', 'pretrain'];

interface Sample {
  readonly iteration: number;
  readonly residentMb: number;
  readonly tensors: number;
  readonly nativeTensors: number;
}
interface Series {
  readonly samples: readonly Sample[];
  readonly peakMb: number;
  readonly seconds: number;
}

const asked = process.argv.slice(2);
if (asked[0] === '--measure') await measure(configOf(asked[1]!));
else await table(asked);

async function table(names: readonly string[]): Promise<void> {
  const columns = ['first MB', 'last MB', 'growth', 'peak MB', 'tensors', 'in the binding', 'seconds'];
  console.log(line('', ...columns));
  const kinds = episodeAlgorithms;
  for (const kind of kinds.filter((name) => names.length === 0 || names.includes(name))) {
    const config = configOf(kind);
    const env = { ...process.env, ...trainerEnvironment({ device: 'cpu', threads: adviseThreads(config, 2) }) };
    const own = [import.meta.filename, '--measure', kind];
    const { stdout } = await promisify(execFile)(process.execPath, own, { env, maxBuffer: 1 << 26 });
    const { samples, peakMb, seconds } = JSON.parse(stdout.trim().split('\n').at(-1)!) as Series;
    const first = meanResident(samples.filter(({ iteration }) => iteration <= 1000));
    const last = meanResident(samples.filter(({ iteration }) => iteration > iterations - 1000));
    const growth = `${((last / first - 1) * 100).toFixed(1)} %`;
    const numbers = [first, last].map((mb) => mb.toFixed(0));
    const counts = [range(samples.map(({ tensors }) => tensors)), range(samples.map((one) => one.nativeTensors))];
    console.log(line(kind, ...numbers, growth, peakMb.toFixed(0), ...counts, seconds.toFixed(0)));
  }
}

/** Runs one algorithm in this process and prints its samples as JSON. */
async function measure(config: MetaRunConfig): Promise<void> {
  await loadTensorFlow();
  const noise = () => noiseImages({ size: 8, channels: 1 }, { classes: 20, examples: 20, validationClasses: 10 });
  const source: TaskSource = config.task.kind === 'sinusoid' ? { kind: 'sinusoid' } : noise();
  const learner = createMetaLearner({ config, source, writeGraph: writeGraphFolder });
  const { binding } = tf.backend() as unknown as { readonly binding: { getNumOfTensors(): number } };
  const samples: Sample[] = [];
  const started = performance.now();
  learner.prepareTraining();
  while (learner.iteration < iterations) {
    const { iteration } = learner.trainCall().at(-1)!;
    if (iteration % evaluateEvery === 0) {
      await learner.evaluate({ split: 'validation', episodes: 8, episodeSeed: 1, steps: 2 });
    }
    if (iteration % sampleEvery === 0) {
      const residentMb = process.memoryUsage.rss() / 2 ** 20;
      samples.push({
        ...{ iteration, residentMb },
        tensors: tf.memory().numTensors,
        nativeTensors: binding.getNumOfTensors(),
      });
    }
  }
  const seconds = (performance.now() - started) / 1000;
  const series: Series = { samples, seconds, peakMb: process.resourceUsage().maxRSS / 1024 };
  console.log(JSON.stringify(series));
}

/** The smallest work that goes through everything: an MLP on sinusoids, or a Conv4 of 8 filters on 8 x 8 images. */
function configOf(kind: string): MetaRunConfig {
  const work = onImages.includes(kind)
    ? {
        task: { kind: 'image-classes', dataset: 'noise', way: 5, shot: 1, query: 2, rotations: 'off' },
        model: { kind: 'conv4', filters: 8, downsampling: 'stride' },
      }
    : { task: { kind: 'sinusoid', shot: 10, query: 10 }, model: { kind: 'mlp', hidden: [40, 40] } };
  return runConfigSchema.parse(
    completeFromTask({
      ...work,
      algorithm: { kind },
      inner: { rate: 0.01, steps: 2 },
      outer: { rate: 1e-4, metaBatch: 4, iterations },
      evaluation: { every: evaluateEvery, finalSplit: 'none' },
      checkpoints: { every: 0 },
      engine: { stepsPerCall: onImages.includes(kind) ? 1 : 20 },
    }),
  ) as MetaRunConfig;
}

function meanResident(samples: readonly Sample[]): number {
  return samples.reduce((sum, { residentMb }) => sum + residentMb, 0) / samples.length;
}

/** "28", or "28 to 30" where it changes. */
function range(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least} to ${most}`;
}

function line(label: string, ...cells: readonly string[]): string {
  return label.padEnd(16) + cells.map((cell) => cell.padStart(16)).join('');
}
