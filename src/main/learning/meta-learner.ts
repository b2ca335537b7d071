import type { RunConfig } from '../../shared/run-config/schema.ts';
import { Learner } from './learner.ts';
import type { MetaLearner, MetaLearnerOptions } from './learner-types.ts';

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

/**
 * TensorFlow must be loaded. Throws a plain sentence when config and source do not fit (too few classes, images that
 * Conv4 would shrink away).
 */
export function createMetaLearner(options: MetaLearnerOptions): MetaLearner {
  return new Learner(options);
}

/** Whether XLA pays for this network on a CPU: dense nets yes, convolutions no. Read before TensorFlow is loaded. */
export function adviseXla(config: RunConfig): 'on' | 'off' {
  if (config.engine.xla !== 'auto') return config.engine.xla;
  return config.model.kind === 'mlp' ? 'on' : 'off';
}
