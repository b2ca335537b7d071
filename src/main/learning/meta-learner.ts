import { Learner } from './learner.ts';
import type { MetaLearner, MetaLearnerOptions } from './learner-types.ts';

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

/**
 * TensorFlow must be loaded. Throws a plain sentence when config and source do not fit (too few classes, images that
 * Conv4 would shrink away).
 */
export function createMetaLearner(options: MetaLearnerOptions): MetaLearner {
  return new Learner(options);
}
