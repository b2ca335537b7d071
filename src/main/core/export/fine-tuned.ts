import type { EncoderModelConfig, RunConfig } from '../../../shared/run-config/schema.ts';

/** What an export needs to know of a run that fine-tunes an encoder. */
export interface FineTuned extends Pick<EncoderModelConfig, 'start' | 'head' | 'dropout'> {
  /** Strength of the low-rank adapters; counts only where there are some. */
  readonly alpha: number;
}

/** null for every other kind of run. */
export function fineTunedOf({ model }: Pick<RunConfig, 'model'>): FineTuned | null {
  if (model.kind !== 'encoder') return null;
  const { start, head, dropout, trained } = model;
  return { start, head, dropout, alpha: trained.kind === 'lora' ? trained.alpha : 0 };
}
