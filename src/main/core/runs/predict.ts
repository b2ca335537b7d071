import { dirname } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { PredictJob } from '../../../shared/contract/trainer.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { chosenLabels, emptyTextProblem } from '../../../shared/runs/prediction.ts';
import type { CoreContext } from '../context.ts';
import { bestCheckpoint } from '../export/run-checkpoint.ts';
import { requireRun } from './actions.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { environmentFor } from './prepare-job.ts';
import { textClassifierOf } from './text-classifier.ts';
import type { WarmPredictor } from './warm-predictor.ts';

/** More texts than this are computed side by side, by a process of their own. */
const fewTexts = 32;

/** Labels of new texts by the best checkpoint of a fine-tuned run, which stays loaded for a while; nothing is stored. */
export async function predictTexts(
  context: CoreContext,
  datasets: DatasetDesk,
  predictor: WarmPredictor,
  { id, texts }: RequestOf<'runs.predict'>,
): Promise<ResponseOf<'runs.predict'>> {
  const run = requireRun(context, id);
  if (run.config.model.kind !== 'encoder') {
    throw new InnerloopError(
      'wrong-state',
      `${run.name} was not fine-tuned on texts, so it has nothing to say of them.`,
    );
  }
  const problem = emptyTextProblem(texts);
  if (problem !== null) throw new InnerloopError('invalid-request', problem);
  const { checkpoint, checkpointFile } = bestCheckpoint(context, run);
  const classifier = await textClassifierOf(run, dirname(checkpointFile), datasets);
  const model = datasets.modelFor?.(run.config);
  const job: PredictJob = {
    ...(model ? { model } : {}),
    ...{ kind: 'predict', runId: run.id, config: run.config, classifier, checkpoint: checkpointFile },
    questions: texts.length > fewTexts ? 'many' : 'few',
  };
  const ask = job.questions === 'few' ? predictor.ask : predictor.askOnce;
  const { probabilities, tokens, computeMs } = await ask(job, environmentFor(run.config), { kind: 'texts', texts });
  const { labels, labelMode } = classifier;
  return {
    ...{ labels: [...labels], labelMode, iteration: checkpoint.iteration },
    ...{ maxLength: maxLengthOf(run.config.task), computeMs },
    predictions: probabilities.map((ofText, index) => ({
      labels: chosenLabels(ofText, labels, labelMode),
      probabilities: ofText,
      tokens: tokens?.[index] ?? null,
    })),
  };
}

const maxLengthOf = (task: RunConfig['task']): number | null => ('maxLength' in task ? task.maxLength : null);
