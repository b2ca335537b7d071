import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { CoreContext } from '../context.ts';
import type { ModelLibrary } from '../models/model-library.ts';
import { requireRun } from '../runs/actions.ts';
import type { DatasetDesk } from '../runs/dataset-desk.ts';
import { lineageOf, writeHuggingFaceRun } from './hugging-face.ts';
import { writeNetworkRun } from './network-model.ts';
import { bestCheckpoint } from './run-checkpoint.ts';

/** Makes a model of the library from a run: an encoder as its Hugging Face export would be, or a network of images. */
export function adoptRun(
  context: CoreContext,
  models: ModelLibrary,
  datasets: DatasetDesk,
  { runId, name }: RequestOf<'models.adopt'>,
): Promise<ResponseOf<'models.adopt'>> {
  const run = requireRun(context, runId);
  const exported = { run, ...bestCheckpoint(context, run) };
  const made = { name, source: run.name, lineage: lineageOf(exported, models.desk) };
  const parts = { models: models.desk, datasets };
  const write = run.config.model.kind === 'encoder' ? writeHuggingFaceRun : writeNetworkRun;
  return models.adopt(made, (folder) => write(folder, exported, parts));
}
