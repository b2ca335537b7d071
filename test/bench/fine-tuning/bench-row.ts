import { completeRunConfig } from '../../../src/shared/run-config/complete.ts';
import { type FineTuneRunConfig, runConfigSchema } from '../../../src/shared/run-config/schema.ts';

/** One of our own rows of the comparison. */
export interface FineTuneRow {
  /** That the 16 texts of a step are padded to. */
  readonly tokens: number;
  readonly products: 'float32' | 'bfloat16';
}

/** The config of a run that would take such steps without end, with the reference settings for the rest. */
export const fineTuneConfig = ({ tokens, products }: FineTuneRow): FineTuneRunConfig =>
  runConfigSchema.parse(
    completeRunConfig({
      task: { kind: 'text-classes', dataset: 'noise', maxLength: tokens },
      model: { kind: 'encoder', dropout: 0.1, precision: products },
      algorithm: { kind: 'fine-tune', epochs: 1, batch: 16 },
      outer: { optimizer: 'adamw', rate: 2e-5, weightDecay: 0.01, iterations: 1_000_000 },
    }),
  ) as FineTuneRunConfig;
