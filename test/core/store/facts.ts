import type { Evaluation } from '../../../src/shared/runs/run.ts';

/** A made-up evaluation of a run. */
export const evaluationOf = (runId: string, parts: Partial<Evaluation>): Evaluation => ({
  id: `${runId}-${parts.kind ?? 'validation'}-${parts.iteration ?? 0}`,
  runId,
  kind: 'validation',
  iteration: 0,
  createdAt: 10,
  metric: 'accuracy',
  mean: 0.5,
  ci95: 0.01,
  perStep: [{ step: 0, loss: 1, lossCi95: 0.1, accuracy: 0.2, accuracyCi95: 0.01 }],
  protocol: {
    task: 'image-classes',
    dataset: null,
    split: 'validation',
    way: 5,
    shot: 1,
    query: 1,
    episodes: 100,
    episodeSeed: 1,
    batchNorm: 'transductive',
    lossReduction: 'mean',
    innerSteps: 3,
    innerRate: 0.4,
    order: 'second',
  },
  durationMs: 5,
  ...parts,
});
