import type { FromTrainer } from '../../shared/contract/trainer.ts';
import { classificationReport, summaryOfReport } from '../../shared/runs/classification.ts';
import { classified } from '../../shared/runs/example-predictions.ts';
import type { ClassificationSummary } from '../../shared/runs/run.ts';
import type { EvaluateRequest, EvaluationOutcome, MetaLearner } from '../learning/meta-learner.ts';
import type { Inbox } from './inbox.ts';

/** Messages about progress are this far apart. */
const progressEveryMs = 250;

export interface EpisodeSetting {
  readonly learner: MetaLearner;
  readonly inbox: Inbox;
  readonly report: (message: FromTrainer) => void;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

export interface MeasuredEpisodes {
  readonly outcome: EvaluationOutcome;
  /** Of what a classifier of single examples predicted; null for what is measured in episodes. */
  readonly classification: ClassificationSummary | null;
  readonly durationMs: number;
  /** Of one episode, without the first batch of episodes where there are more: recording the graph is paid only once. */
  readonly episodeMs: number;
}

/**
 * Evaluates, reporting progress and letting messages in between episodes; null when a pause, an immediate stop or the
 * end of the parent cut it short ("finish" does not: it wants the number).
 */
export async function measureEpisodes(
  { learner, inbox, report, clock }: EpisodeSetting,
  request: EvaluateRequest,
): Promise<MeasuredEpisodes | null> {
  const startedAt = clock();
  let reportedAt = startedAt;
  let first: { readonly done: number; readonly at: number } | null = null;
  const outcome = await learner.evaluate(request, {
    onProgress: async (done, total) => {
      first ??= { done, at: clock() };
      if (clock() - reportedAt >= progressEveryMs || done === total) {
        reportedAt = clock();
        report({ type: 'progress', done, total });
      }
      await inbox.letIn();
    },
    shouldStop: () => inbox.ending() !== null && inbox.ending() !== 'finish',
  });
  if (!outcome) return null;
  const durationMs = clock() - startedAt;
  const rest = restAfter(first, outcome.episodes);
  const episodeMs = rest ? (clock() - rest.at) / rest.episodes : durationMs / outcome.episodes;
  return { outcome, classification: classificationOf(outcome), durationMs, episodeMs };
}

const classificationOf = ({ predictions }: EvaluationOutcome): ClassificationSummary | null =>
  predictions ? summaryOfReport(classificationReport(classified(predictions))) : null;

function restAfter(first: { readonly done: number; readonly at: number } | null, episodes: number) {
  return first && first.done < episodes ? { at: first.at, episodes: episodes - first.done } : null;
}
