import {
  isMeta,
  isNetworkFineTune,
  type MetaRunConfig,
  type RunConfig,
  type TextFineTuneRunConfig,
} from '../../shared/run-config/schema.ts';
import type { WriteGraph } from './compile/compiled-step.ts';
import { FineTuner } from './fine-tuning/fine-tuner.ts';
import { NetworkFineTuner } from './fine-tuning/network-fine-tuner.ts';
import type { NetworkSource } from './fine-tuning/network-source.ts';
import { fineTuneSettings } from './fine-tuning/settings.ts';
import type { TextSource } from './fine-tuning/text-source.ts';
import { Learner } from './learner.ts';
import type { MetaLearner, MetaLearnerOptions } from './learner-types.ts';
import type { TaskSource } from './tasks/task-source.ts';

export { adviseXla } from '../../shared/run-config/xla-advice.ts';
export type {
  EvaluateHooks,
  EvaluateRequest,
  EvaluationOutcome,
  LearnerFacts,
  LearnerState,
  MetaLearner,
  MetaLearnerOptions,
} from './learner-types.ts';
export { type IterationMetrics, NonFiniteLossError } from './training-metrics.ts';

/** Where a run's examples come from. */
export type LearnerSource = TaskSource | TextSource | NetworkSource;

export interface LearnerOptions {
  readonly config: RunConfig;
  readonly source: LearnerSource;
  readonly writeGraph: WriteGraph;
}

/** As `createLearner`, of a config that is known to learn from episodes. */
export function createMetaLearner(options: MetaLearnerOptions): MetaLearner {
  return new Learner(options);
}

/**
 * What learns as the config says: a meta-learner from episodes, or a fine-tuner from texts, labelled images, rows or
 * clips. TensorFlow must be loaded.
 * Throws a plain sentence when config and source do not fit (too few classes, images that Conv4 would shrink away).
 */
export function createLearner({ config, source, writeGraph }: LearnerOptions): MetaLearner {
  if (isMeta(config)) {
    if (source.kind === 'text-classes' || isNetworkSource(source)) {
      throw new Error('Episodes are not made of single examples: fine-tune on them.');
    }
    return new Learner({ config: config as MetaRunConfig, source, writeGraph });
  }
  if (isNetworkFineTune(config)) {
    if (!isNetworkSource(source) || source.kind !== config.task.kind) {
      throw new Error('A network is fine-tuned on labelled images, rows or clips, as its task says.');
    }
    return new NetworkFineTuner({ config, source, writeGraph });
  }
  if (source.kind !== 'text-classes') throw new Error('An encoder is fine-tuned on texts, and the source has none.');
  return new FineTuner({ settings: fineTuneSettings(config as TextFineTuneRunConfig), source, writeGraph });
}

const isNetworkSource = (source: LearnerSource): source is NetworkSource =>
  source.kind === 'image-examples' || source.kind === 'table-classes' || source.kind === 'audio-classes';
