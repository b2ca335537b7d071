import { dirname, join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { PredictRowsJob } from '../../../shared/contract/trainer.ts';
import { chosenLabels } from '../../../shared/runs/prediction.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import type { TableClassifierFacts } from '../../../shared/runs/table-classifier.ts';
import { readTableClassifier } from '../../files/table-classifier-file.ts';
import type { CoreContext } from '../context.ts';
import { bestCheckpoint } from '../export/run-checkpoint.ts';
import { requireRun } from './actions.ts';
import { cellsOfRows } from './asked-rows.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { environmentFor } from './prepare-job.ts';
import type { WarmPredictor } from './warm-predictor.ts';

/** Labels of new rows by the best checkpoint of a run on a table, which stays loaded for a while; nothing is stored. */
export async function predictRows(
  context: CoreContext,
  datasets: DatasetDesk,
  predictor: WarmPredictor,
  { id, rows }: RequestOf<'runs.predict-rows'>,
): Promise<ResponseOf<'runs.predict-rows'>> {
  const run = requireRowsRun(context, id);
  const { checkpoint, checkpointFile } = bestCheckpoint(context, run);
  const classifier = await classifierOf(run, dirname(checkpointFile));
  const { labels, columns } = classifier;
  const { cells, notes } = cellsOfRows(columns, rows);
  const model = datasets.modelFor?.(run.config);
  const job: PredictRowsJob = {
    ...(model ? { model } : {}),
    ...{ kind: 'predict-rows', runId: run.id, config: run.config, classifier, checkpoint: checkpointFile },
  };
  const { probabilities, computeMs } = await predictor.ask(job, environmentFor(run.config), {
    kind: 'rows',
    rows: cells.map((row) => [...row]),
  });
  return {
    ...{ labels: [...labels], labelMode: 'single', iteration: checkpoint.iteration, maxLength: null, computeMs },
    predictions: probabilities.map((ofRow) => ({
      labels: chosenLabels(ofRow, labels, 'single'),
      probabilities: ofRow,
      tokens: null,
    })),
    notes: [...notes],
  };
}

/** The columns that a run learned from, as it wrote them down when its training began. */
export async function tableColumnsOf(
  context: CoreContext,
  { id }: RequestOf<'runs.table-columns'>,
): Promise<ResponseOf<'runs.table-columns'>> {
  const run = requireRowsRun(context, id);
  return { columns: (await classifierOf(run, join(context.layout.runs, run.id))).columns };
}

function requireRowsRun(context: CoreContext, id: string): RunSummary {
  const run = requireRun(context, id);
  if (run.config.task.kind === 'table-classes') return run;
  const message = `${run.name} was not trained on rows of a table, so it has nothing to say of them.`;
  throw new InnerloopError('wrong-state', message);
}

async function classifierOf({ name }: RunSummary, runFolder: string): Promise<TableClassifierFacts> {
  const classifier = await readTableClassifier(runFolder);
  if (classifier) return classifier;
  throw new InnerloopError('not-found', `${name} has not begun to train, so its columns are not known yet.`);
}
