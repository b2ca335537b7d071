import { assertNever } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { CoreContext } from '../context.ts';
import { requireRun } from '../runs/actions.ts';
import { datasetThen } from '../runs/read-predicted.ts';
import { storedPredictions } from '../runs/stored-predictions.ts';
import type { TrainerJobs } from '../runs/trainer-jobs.ts';
import { evaluationsOf } from '../store/evaluations.ts';
import { metricKeys, readSeries } from '../store/metrics.ts';
import { writeCsv } from './csv.ts';
import { writeFolder } from './export-folder.ts';
import type { ExportedRun } from './exported-run.ts';
import { writeGraphModel } from './graph-model.ts';
import { type HuggingFaceParts, writeHuggingFaceRun } from './hugging-face.ts';
import { writeJson } from './json.ts';
import { writeParameters } from './parameters.ts';
import { writePredictions } from './predictions-csv.ts';
import { bestCheckpoint } from './run-checkpoint.ts';
import { writeTensorboard } from './tensorboard.ts';

/** Writes a run into a new or empty folder, whole or not at all. */
export async function exportRun(
  context: CoreContext,
  parts: HuggingFaceParts & { readonly jobs: TrainerJobs },
  { id, format, to }: RequestOf<'runs.export'>,
): Promise<ResponseOf<'runs.export'>> {
  const run = requireRun(context, id);
  switch (format) {
    case 'csv':
      return writeFolder(to, (folder) => writeCsv(folder, numbersOf(context, id)));
    case 'json':
      return writeFolder(to, (folder) => writeJson(folder, numbersOf(context, id)));
    case 'tensorboard':
      return writeFolder(to, (folder) => writeTensorboard(folder, numbersOf(context, id)));
    case 'predictions': {
      const stored = storedPredictions(context, run, undefined);
      const { dataset } = datasetThen(parts.datasets, stored.facts);
      return writeFolder(to, (folder) => writePredictions(folder, stored.predictions, dataset));
    }
    case 'safetensors': {
      const from = bestCheckpoint(context, run);
      return writeFolder(to, (folder) => writeParameters(folder, { run, ...from }));
    }
    case 'huggingface': {
      const from = bestCheckpoint(context, run);
      return writeFolder(to, (folder) => writeHuggingFaceRun(folder, { run, ...from }, parts));
    }
    case 'tfjs': {
      const from = bestCheckpoint(context, run);
      return writeFolder(to, (folder) => writeGraphModel(folder, { run, ...from }, parts));
    }
    default:
      return assertNever(format, 'export format');
  }
}

const numbersOf = (context: CoreContext, id: string): ExportedRun => ({
  run: requireRun(context, id),
  evaluations: evaluationsOf(context.db, id),
  series: metricKeys(context.db, id).map((key) => ({ key, ...readSeries(context.db, id, key) })),
});
