import type { FromTrainer, TrainerDataset } from '../../shared/contract/trainer.ts';
import type { RunConfig } from '../../shared/run-config/schema.ts';
import { protocolOf } from '../../shared/runs/protocol.ts';
import type { Evaluation, Split } from '../../shared/runs/run.ts';
import type { EvaluationOutcome } from '../learning/meta-learner.ts';

type ReportedEvaluation = Extract<FromTrainer, { readonly type: 'evaluation' }>['evaluation'];

export interface Measured {
  readonly kind: Evaluation['kind'];
  readonly iteration: number;
  readonly split: Split;
  readonly outcome: EvaluationOutcome;
  readonly durationMs: number;
}

/** An evaluation with the protocol that its number depends on. */
export function evaluationOf(
  config: RunConfig,
  dataset: TrainerDataset | null,
  { kind, iteration, split, outcome, durationMs }: Measured,
): ReportedEvaluation {
  return {
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
  };
}
