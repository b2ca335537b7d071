import type { FromTrainer, TrainerDataset } from '../../shared/contract/trainer.ts';
import type { RunConfig } from '../../shared/run-config/schema.ts';
import type { Evaluation, Protocol, Split } from '../../shared/runs/run.ts';
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

function protocolOf(config: RunConfig, dataset: TrainerDataset | null, split: Split, episodes: number): Protocol {
  const { task, model, inner, evaluation } = config;
  return {
    task: task.kind,
    dataset: dataset && { id: dataset.id, name: dataset.name, version: dataset.version, digest: dataset.digest },
    split: task.kind === 'sinusoid' ? 'generated' : split,
    way: task.kind === 'sinusoid' ? null : task.way,
    shot: task.shot,
    query: task.query,
    episodes,
    episodeSeed: evaluation.episodeSeed,
    batchNorm: model.kind === 'conv4' ? model.batchNorm : 'none',
    lossReduction: inner.lossReduction,
    innerSteps: evaluation.testSteps,
    innerRate: inner.rate,
    order: config.algorithm.kind === 'fomaml' ? 'first' : 'second',
  };
}
