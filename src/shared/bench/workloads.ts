import { z } from 'zod';
import { completeRunConfig } from '../run-config/complete.ts';
import { type MetaRunConfig, runConfigSchema } from '../run-config/schema.ts';

/**
 * What a bench measures: whole meta-iterations of second-order MAML, from drawing the tasks to the updated weights.
 * `innerloop bench` and the comparison with other libraries (test/bench) take the same list.
 */
export const benchWorkloads = ['sinusoid', 'conv4-omniglot', 'conv4-miniimagenet'] as const;
export type BenchWorkload = (typeof benchWorkloads)[number];

/** `chosen`: what a run gets when its config leaves everything to the engine. */
export const benchVariants = ['eager', 'compiled', 'compiled-xla', 'chosen'] as const;
export type BenchVariant = (typeof benchVariants)[number];

export const benchRowSchema = z.object({
  workload: z.enum(benchWorkloads),
  innerSteps: z.number().int().min(1).max(100),
  variant: z.enum(benchVariants),
});
export type BenchRow = z.infer<typeof benchRowSchema>;

/** Images of noise that a workload trains on: they take the same time as drawings. */
export interface NoiseImages {
  readonly size: number;
  readonly channels: number;
}

interface WorkloadFacts {
  readonly label: string;
  readonly innerSteps: readonly number[];
  /** null: generated tasks. */
  readonly images: NoiseImages | null;
  readonly config: Readonly<Record<string, unknown>>;
  readonly innerRate: number;
  readonly metaBatch: number;
}

const episodes = { kind: 'image-classes', dataset: 'noise', way: 5, shot: 1, query: 15 };

/** Sizes of Finn 2017, with 4 tasks where the images are. */
export const workloadFacts: Readonly<Record<BenchWorkload, WorkloadFacts>> = {
  sinusoid: {
    label: 'MLP 1-40-40-1, 10 shots, 10 queries, 25 tasks',
    innerSteps: [1, 5],
    images: null,
    config: { task: { kind: 'sinusoid', shot: 10, query: 10 }, model: { kind: 'mlp', hidden: [40, 40] } },
    innerRate: 0.01,
    metaBatch: 25,
  },
  'conv4-omniglot': {
    label: 'Conv4-64, 28x28x1, 5-way 1-shot, 15 queries, 4 tasks',
    innerSteps: [1, 5],
    images: { size: 28, channels: 1 },
    config: {
      task: { ...episodes, rotations: 'off' },
      model: { kind: 'conv4', filters: 64, downsampling: 'stride' },
    },
    innerRate: 0.4,
    metaBatch: 4,
  },
  'conv4-miniimagenet': {
    label: 'Conv4-32, 84x84x3, 5-way 1-shot, 15 queries, 4 tasks',
    innerSteps: [5],
    images: { size: 84, channels: 3 },
    config: {
      task: { ...episodes, rotations: 'off' },
      model: { kind: 'conv4', filters: 32, downsampling: 'max-pool' },
    },
    innerRate: 0.01,
    metaBatch: 4,
  },
};

/** All rows of a workload, by inner steps and then by variant. */
export const rowsOf = (workload: BenchWorkload, variants: readonly BenchVariant[] = benchVariants): BenchRow[] =>
  workloadFacts[workload].innerSteps.flatMap((innerSteps) =>
    variants.map((variant) => ({ workload, innerSteps, variant })),
  );

const engines: Readonly<Record<BenchVariant, Readonly<Record<string, unknown>>>> = {
  eager: { mode: 'eager', xla: 'off', stepsPerCall: 1 },
  compiled: { mode: 'compiled', xla: 'off', stepsPerCall: 1 },
  'compiled-xla': { mode: 'compiled', xla: 'on', stepsPerCall: 1 },
  chosen: { mode: 'auto', xla: 'auto', stepsPerCall: 0 },
};

/** The config of a run that would do this work without end, without validations and checkpoints. */
export function benchConfig({ workload, innerSteps, variant }: BenchRow): MetaRunConfig {
  const { config, innerRate, metaBatch } = workloadFacts[workload];
  const partial = {
    ...config,
    algorithm: { kind: 'maml' },
    inner: { rate: innerRate, steps: innerSteps },
    outer: { optimizer: 'adam', rate: 1e-3, metaBatch, iterations: 1_000_000 },
    evaluation: { every: 0, finalSplit: 'none' },
    checkpoints: { every: 0 },
    engine: engines[variant],
  };
  return runConfigSchema.parse(completeRunConfig(partial)) as MetaRunConfig;
}
