import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { Outer } from '../schedule.ts';

/** What fine-tuning needs to know of a run. */
export interface FineTuneSettings {
  readonly seed: number;
  /** Tokens that a text is cut to. */
  readonly maxLength: number;
  readonly head: 'pooled' | 'mean';
  /** In embeddings, attention, layers and before the head; 0: none. */
  readonly dropout: number;
  readonly trained: TrainedPart;
  readonly epochs: number;
  /** Texts in one step. */
  readonly batch: number;
  readonly classWeights: 'off' | 'balanced';
  readonly outer: Outer & Pick<RunConfig['outer'], 'optimizer' | 'weightDecay' | 'clip'>;
  readonly mode: 'compiled' | 'eager';
}

/** Which weights are trained; the last layer of the head always is. */
export type TrainedPart =
  | { readonly kind: 'all' }
  | { readonly kind: 'head' }
  /** The encoder's last layers and what comes after them. */
  | { readonly kind: 'last-layers'; readonly layers: number }
  /** Low-rank adapters of queries and values (Hu 2021). */
  | { readonly kind: 'lora'; readonly rank: number; readonly alpha: number };
