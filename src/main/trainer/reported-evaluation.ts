import type { FromTrainer, TrainerDataset } from '../../shared/contract/trainer.ts';
import type { RunConfig } from '../../shared/run-config/schema.ts';
import { protocolOf } from '../../shared/runs/protocol.ts';
import type { ClassificationSummary, Evaluation, Split } from '../../shared/runs/run.ts';
import type { EvaluationOutcome } from '../learning/meta-learner.ts';

type EvaluationMessage = Extract<FromTrainer, { readonly type: 'evaluation' }>;

export interface Measured {
  readonly kind: Evaluation['kind'];
  readonly iteration: number;
  readonly split: Split;
  readonly outcome: EvaluationOutcome;
  /** null for what is measured in episodes. */
  readonly classification: ClassificationSummary | null;
  readonly durationMs: number;
}

/** The message of an evaluation, with the protocol that its number depends on and what was predicted. */
export function evaluationMessage(
  config: RunConfig,
  dataset: TrainerDataset | null,
  { kind, iteration, split, outcome, classification, durationMs }: Measured,
): EvaluationMessage {
  const evaluation: EvaluationMessage['evaluation'] = {
    kind,
    iteration,
    metric: outcome.metric,
    mean: outcome.mean,
    ci95: outcome.ci95,
    perStep: [...outcome.perStep],
    protocol: {
      ...protocolOf(config, dataset, split, outcome.episodes),
      ...(kind === 'untrained' ? { order: 'none' } : {}),
    },
    durationMs,
    ...(classification ? { classification } : {}),
  };
  return { type: 'evaluation', evaluation, ...(outcome.predictions ? { predictions: outcome.predictions } : {}) };
}
