/** What is measured: whole meta-iterations of the product's own learner, sampling of the tasks included. */

import type { ImageTaskSource, TaskSource } from '../../src/main/learning/tasks/task-source.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { completeRunConfig } from '../../src/shared/run-config/complete.ts';
import { type MetaRunConfig, runConfigSchema } from '../../src/shared/run-config/schema.ts';

export interface Engine {
  readonly label: string;
  readonly mode: MetaRunConfig['engine']['mode'];
  readonly xla: 'on' | 'off';
  readonly stepsPerCall: number;
}

export interface Workload {
  readonly label: string;
  /** Timed meta-iterations per engine label; enough for a few seconds. */
  readonly iterations: number;
  readonly engines: readonly Engine[];
  config(engine: Engine): MetaRunConfig;
}

const eager: Engine = { label: 'eager', mode: 'eager', xla: 'off', stepsPerCall: 1 };
const compiled: Engine = { label: 'compiled', mode: 'compiled', xla: 'off', stepsPerCall: 1 };
const xla: Engine = { label: 'compiled + XLA', mode: 'compiled', xla: 'on', stepsPerCall: 1 };
const severalSteps = (steps: number): Engine => ({ ...xla, label: `XLA, ${steps} steps a call`, stepsPerCall: steps });

export const workloads: readonly Workload[] = [
  ...[1, 5].map((steps) => sinusoid(steps, steps === 1 ? 1600 : 800)),
  ...[1, 5].map((steps) => omniglot(steps, steps === 1 ? 30 : 15)),
];

/** MLP 1-40-40-1 on sinusoids, 25 tasks, 10 shots and 10 queries. */
function sinusoid(innerSteps: number, iterations: number): Workload {
  return {
    label: `sinusoid MAML, 25 tasks, ${innerSteps} inner step${innerSteps === 1 ? '' : 's'}`,
    iterations,
    engines: [eager, compiled, xla, severalSteps(8), severalSteps(32)],
    config: (engine) =>
      configOf(engine, {
        task: { kind: 'sinusoid', shot: 10, query: 10 },
        model: { kind: 'mlp', hidden: [40, 40] },
        inner: { rate: 0.01, steps: innerSteps },
        outer: { metaBatch: 25, iterations: 1_000_000 },
      }),
  };
}

/** Conv4 with 64 filters on 28 x 28 images, 5-way 1-shot, 15 queries, 4 tasks. */
function omniglot(innerSteps: number, iterations: number): Workload {
  return {
    label: `Conv4-64 MAML, 28 x 28, 5w1s q15, 4 tasks, ${innerSteps} inner step${innerSteps === 1 ? '' : 's'}`,
    iterations,
    engines: [eager, compiled, xla],
    config: (engine) =>
      configOf(engine, {
        task: {
          kind: 'image-classes',
          dataset: 'noise',
          way: 5,
          shot: 1,
          query: 15,
          rotations: 'off',
          augmentation: { kind: 'off' },
        },
        model: { kind: 'conv4', filters: 64 },
        inner: { rate: 0.4, steps: innerSteps },
        outer: { metaBatch: 4, iterations: 1_000_000 },
      }),
  };
}

function configOf(
  { mode, xla: wanted, stepsPerCall }: Engine,
  parts: Readonly<Record<string, unknown>>,
): MetaRunConfig {
  const own = {
    evaluation: { every: 0, finalSplit: 'none' },
    checkpoints: { every: 0 },
    engine: { mode, xla: wanted, stepsPerCall },
  };
  return runConfigSchema.parse(completeRunConfig({ ...parts, ...own })) as MetaRunConfig;
}

export function sourceFor(config: MetaRunConfig): TaskSource {
  return config.task.kind === 'sinusoid' ? { kind: 'sinusoid' } : noiseImages(28, 10, 20);
}

/** Noise takes the same time as drawings. */
function noiseImages(size: number, classes: number, examples: number): ImageTaskSource {
  const random = createRandom(1, 'noise');
  return {
    kind: 'image-classes',
    layout: { width: size, height: size, channels: 1, polarity: 'ink-dark' },
    pixels: Uint8Array.from({ length: classes * examples * size * size }, () => random.integer(256)),
    classes: Array.from({ length: classes }, (_, index) => ({
      index,
      name: `class ${index}`,
      group: '',
      firstExample: index * examples,
      examples,
      split: 'train' as const,
    })),
  };
}
