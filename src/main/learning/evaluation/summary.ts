import type { PerStep } from '../../../shared/runs/run.ts';
import { mean } from '../../../shared/statistics/descriptive.ts';
import { ci95 } from '../../../shared/statistics/intervals.ts';
import type { EvaluationOutcome } from '../learner-types.ts';

/** Means and intervals over episodes; `losses` and `accuracies` are [steps + 1, episodes]. */
export function summarizeEpisodes(
  losses: Float64Array,
  accuracies: Float64Array | null,
  episodes: number,
): EvaluationOutcome {
  const row = (table: Float64Array, step: number) => table.subarray(step * episodes, (step + 1) * episodes);
  const perStep = Array.from({ length: losses.length / episodes }, (_, step): PerStep => {
    const accuracy = accuracies && row(accuracies, step);
    return {
      step,
      loss: mean(row(losses, step)),
      lossCi95: ci95(row(losses, step)),
      accuracy: accuracy && mean(accuracy),
      accuracyCi95: accuracy && ci95(accuracy),
    };
  });
  const perEpisode = row(accuracies ?? losses, perStep.length - 1).slice();
  return {
    metric: accuracies ? 'accuracy' : 'loss',
    mean: mean(perEpisode),
    ci95: ci95(perEpisode),
    perStep,
    episodes,
    perEpisode,
  };
}
