import type { EncoderModelConfig, RunConfig, TextFineTuneRunConfig } from '../../../shared/run-config/schema.ts';
import type { Outer } from '../schedule.ts';

/** What fine-tuning needs to know of a run. */
export interface FineTuneSettings {
  readonly seed: number;
  /** Tokens that a text is cut to. */
  readonly maxLength: number;
  readonly head: 'pooled' | 'mean';
  /** In embeddings, attention, layers and before the head; 0: none. */
  readonly dropout: number;
  /** Of matrix products in training and prediction. */
  readonly precision: EncoderModelConfig['precision'];
  readonly trained: TrainedPart;
  readonly epochs: number;
  /** Texts that are computed at once. */
  readonly batch: number;
  /** Batches that make one step. */
  readonly accumulate: number;
  readonly classWeights: 'off' | 'balanced';
  readonly outer: Outer & Pick<RunConfig['outer'], 'optimizer' | 'weightDecay' | 'clip'>;
  readonly mode: 'compiled' | 'eager';
}

/** Which weights are trained; the last layer of the head always is. */
export type TrainedPart = EncoderModelConfig['trained'];

/** The settings that a run's config holds. */
export const fineTuneSettings = ({
  seed,
  task,
  model,
  algorithm,
  outer,
  engine,
}: TextFineTuneRunConfig): FineTuneSettings => ({
  seed,
  maxLength: task.maxLength,
  head: model.head,
  dropout: model.dropout,
  precision: model.precision,
  trained: model.trained,
  epochs: algorithm.epochs,
  batch: algorithm.batch,
  accumulate: algorithm.accumulate,
  classWeights: algorithm.classWeights,
  outer,
  mode: engine.mode === 'eager' ? 'eager' : 'compiled',
});
