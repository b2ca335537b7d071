import { isFineTune, type RunConfig } from './schema.ts';

/** Examples in each split of the dataset that a config names. */
export interface ExampleCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * A config with what only its dataset decides filled in: for fine-tuning the steps of all epochs, a validation after
 * each epoch, and evaluations of whole splits. So history, progress and comparison read both kinds of run alike.
 */
export function settleConfig(config: RunConfig, counts: ExampleCounts | null): RunConfig {
  if (!isFineTune(config) || counts === null) return config;
  const { algorithm } = config;
  const { epochs } = algorithm;
  const batch = algorithm.batch * (algorithm.kind === 'fine-tune' ? algorithm.accumulate : 1); // of one step
  const stepsPerEpoch = Math.max(1, Math.ceil(counts.train / batch));
  return {
    ...config,
    outer: {
      ...config.outer,
      metaBatch: Math.min(batch, 1000), // what the schema allows, as for the iterations
      iterations: Math.min(epochs * stepsPerEpoch, 10_000_000),
    },
    evaluation: {
      ...config.evaluation,
      every: counts.validation > 0 ? stepsPerEpoch : 0,
      episodes: Math.max(1, counts.validation),
      finalEpisodes: Math.max(1, counts.test),
      finalSplit: counts.test > 0 || config.evaluation.finalSplit !== 'test' ? config.evaluation.finalSplit : 'none',
      testSteps: 1,
    },
  };
}
