import { dirname } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import { chosenLabels } from '../../../shared/runs/prediction.ts';
import type { CoreContext } from '../context.ts';
import { bestCheckpoint } from '../export/run-checkpoint.ts';
import { requireRun } from './actions.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { environmentFor } from './prepare-job.ts';
import { textClassifierOf } from './text-classifier.ts';
import type { TrainerJobs } from './trainer-jobs.ts';

/** Labels of new texts by the best checkpoint of a fine-tuned run; nothing is stored. */
export async function predictTexts(
  context: CoreContext,
  datasets: DatasetDesk,
  jobs: TrainerJobs,
  { id, texts }: RequestOf<'runs.predict'>,
): Promise<ResponseOf<'runs.predict'>> {
  const run = requireRun(context, id);
  if (run.config.model.kind !== 'encoder') {
    throw new InnerloopError(
      'wrong-state',
      `${run.name} was not fine-tuned on texts, so it has nothing to say of them.`,
    );
  }
  const { checkpoint, checkpointFile } = bestCheckpoint(context, run);
  const classifier = await textClassifierOf(run, dirname(checkpointFile), datasets);
  const model = datasets.modelFor?.(run.config);
  const messages = await jobs.run(
    {
      ...(model ? { model } : {}),
      kind: 'predict',
      runId: run.id,
      config: run.config,
      classifier,
      checkpoint: checkpointFile,
      texts,
    },
    environmentFor(run.config),
  );
  const reported = messages.find((message) => message.type === 'predictions');
  if (!reported) throw new InnerloopError('trainer-died', 'The trainer ended without a result.');
  const { labels, labelMode } = classifier;
  return {
    ...{ labels: [...labels], labelMode, iteration: checkpoint.iteration },
    predictions: reported.probabilities.map((probabilities) => ({
      labels: chosenLabels(probabilities, labels, labelMode),
      probabilities,
    })),
  };
}
