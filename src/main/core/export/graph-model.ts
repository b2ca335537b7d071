import { dirname } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import type { DatasetDesk } from '../runs/dataset-desk.ts';
import { environmentFor } from '../runs/prepare-job.ts';
import { textClassifierOf } from '../runs/text-classifier.ts';
import type { TrainerJobs } from '../runs/trainer-jobs.ts';
import type { RunToExport } from './hugging-face.ts';

/** Fills an empty folder with a run as a graph model of TensorFlow.js, which a trainer records. */
export async function writeGraphModel(
  folder: string,
  { run, checkpointFile }: Omit<RunToExport, 'checkpoint'>,
  { datasets, jobs }: { readonly datasets: DatasetDesk; readonly jobs: TrainerJobs },
): Promise<void> {
  const reads = await whatItReads(run, checkpointFile, datasets);
  const model = datasets.modelFor?.(run.config);
  await jobs.run(
    {
      ...(model ? { model } : {}),
      ...{ kind: 'graph-model', runId: run.id, runName: run.name, config: run.config },
      ...{ ...reads, checkpoint: checkpointFile, folder },
    },
    environmentFor(run.config),
  );
}

async function whatItReads(run: RunSummary, checkpointFile: string, datasets: DatasetDesk) {
  if (run.config.model.kind === 'encoder') {
    return { classifier: await textClassifierOf(run, dirname(checkpointFile), datasets), layout: null };
  }
  if (run.dataset === null) return { classifier: null, layout: null };
  const images = datasets.forTrainer(run.dataset);
  if (images?.kind !== 'image-classes') {
    throw new InnerloopError('wrong-state', `${run.name} was not trained on images, so their size is not known.`);
  }
  return { classifier: null, layout: images.layout };
}
