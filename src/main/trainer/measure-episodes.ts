import type { FromTrainer } from '../../shared/contract/trainer.ts';
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
  readonly durationMs: number;
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
  const outcome = await learner.evaluate(request, {
    onProgress: async (done, total) => {
      if (clock() - reportedAt >= progressEveryMs || done === total) {
        reportedAt = clock();
        report({ type: 'progress', done, total });
      }
      await inbox.letIn();
    },
    shouldStop: () => inbox.ending() !== null && inbox.ending() !== 'finish',
  });
  return outcome && { outcome, durationMs: clock() - startedAt };
}
