import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { EvaluationFacts } from '../../../shared/runs/classification-report.ts';
import type { ExamplePredictions } from '../../../shared/runs/example-predictions.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import type { CoreContext } from '../context.ts';
import { type PredictedEvaluation, predictedEvaluations, predictionsOf } from '../store/predictions.ts';

/** The predictions of one evaluation of a run. */
export interface StoredPredictions {
  readonly facts: EvaluationFacts;
  readonly predictions: ExamplePredictions;
  /** All evaluations of the run that have predictions, oldest first. */
  readonly available: readonly EvaluationFacts[];
}

/**
 * Predictions of the asked evaluation (id, or position in `available`); unasked those of the final one, else of the best
 * validation, else of the newest. Throws `not-found` where there are none, `bad-file` where they are damaged.
 */
export function storedPredictions(
  { db }: CoreContext,
  run: RunSummary,
  asked: string | number | undefined,
): StoredPredictions {
  const predicted = predictedEvaluations(db, run.id);
  if (predicted.length === 0) throw new InnerloopError('not-found', nothingStored(run));
  const chosen = asked === undefined ? unasked(run, predicted) : find(predicted, asked);
  const predictions = chosen && predictionsOf(db, chosen.evaluation.id);
  if (!chosen || !predictions) {
    const words = typeof asked === 'number' ? `number ${asked}` : `${asked}`;
    throw new InnerloopError('not-found', `${run.name} has no evaluation ${words} with stored predictions.`);
  }
  return { facts: factsOf(chosen), predictions, available: predicted.map(factsOf) };
}

const find = (predicted: readonly PredictedEvaluation[], asked: string | number): PredictedEvaluation | undefined =>
  typeof asked === 'number' ? predicted[asked] : predicted.find(({ evaluation }) => evaluation.id === asked);

function unasked(run: RunSummary, predicted: readonly PredictedEvaluation[]): PredictedEvaluation | undefined {
  const final = predicted.find(({ evaluation }) => evaluation.id === run.final?.id);
  const best = predicted.findLast(
    ({ evaluation }) => evaluation.kind === 'validation' && evaluation.iteration === run.best?.iteration,
  );
  return final ?? best ?? predicted.at(-1);
}

function nothingStored(run: RunSummary): string {
  if (run.config.algorithm.kind !== 'fine-tune') {
    return `${run.name} is measured in episodes: there are no predictions of single examples.`;
  }
  if (run.final === null && run.best === null) {
    return `${run.name} was not evaluated yet, so there are no predictions.`;
  }
  return `${run.name} was evaluated before predictions were kept. Evaluate it again to have them.`;
}

const factsOf = ({ evaluation, examples }: PredictedEvaluation): EvaluationFacts => ({
  id: evaluation.id,
  kind: evaluation.kind,
  split: evaluation.protocol.split,
  iteration: evaluation.iteration,
  createdAt: evaluation.createdAt,
  dataset: evaluation.protocol.dataset,
  examples,
});
