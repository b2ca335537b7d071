import { isRecord } from '../../../shared/run-config/record.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';

/** What an export needs to know of a run that fine-tunes an encoder. */
export interface FineTuned {
  /** Name or id of the model that it began with; '' when it began from scratch. */
  readonly pretrained: string;
  readonly head: 'pooled' | 'mean';
  /** Before the last layer. */
  readonly dropout: number;
  /** Strength of the low-rank adapters; counts only where there are some. */
  readonly alpha: number;
}

/** null for every other kind of run. */
export function fineTunedOf({ model }: Pick<RunConfig, 'model'>): FineTuned | null {
  const given: unknown = model;
  if (!isRecord(given) || given.kind !== 'encoder') return null;
  return { pretrained: String(given.pretrained ?? ''), head: 'pooled', dropout: 0.1, alpha: 16 };
}
