import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { CoreContext } from '../context.ts';
import type { ModelLibrary } from '../models/model-library.ts';
import { requireRun } from '../runs/actions.ts';
import type { DatasetDesk } from '../runs/dataset-desk.ts';
import { lineageOf, writeHuggingFaceRun } from './hugging-face.ts';
import { bestCheckpoint } from './run-checkpoint.ts';

/** Makes a model of the library from a fine-tuned run, as its Hugging Face export would be. */
export function adoptRun(
  context: CoreContext,
  models: ModelLibrary,
  datasets: DatasetDesk,
  { runId, name }: RequestOf<'models.adopt'>,
): Promise<ResponseOf<'models.adopt'>> {
  const run = requireRun(context, runId);
  const exported = { run, ...bestCheckpoint(context, run) };
  const made = { name, source: run.name, lineage: lineageOf(exported, models.desk) };
  return models.adopt(made, (folder) => writeHuggingFaceRun(folder, exported, { models: models.desk, datasets }));
}
