import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { toRequestError } from '../../../shared/contract/errors.ts';
import type { TrainJob } from '../../../shared/contract/trainer.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { adviseThreads } from '../../../shared/run-config/thread-advice.ts';
import type { Failure, RunSummary } from '../../../shared/runs/run.ts';
import { trainerEnvironment } from '../../files/tensorflow-env.ts';
import type { CoreContext } from '../context.ts';
import { checkpointsOf } from '../store/checkpoints.ts';
import type { DatasetDesk } from './dataset-desk.ts';

export type PreparedJob =
  | { readonly ok: true; readonly job: TrainJob }
  | { readonly ok: false; readonly failure: Failure };

/** Makes the run's folder and describes its job: from the newest checkpoint that is there, else from the beginning. */
export function prepareJob(
  { db, layout }: CoreContext,
  run: RunSummary,
  datasets: Pick<DatasetDesk, 'forTrainer' | 'modelFor'>,
): PreparedJob {
  const folder = join(layout.runs, run.id);
  try {
    mkdirSync(folder, { recursive: true });
    const newest = checkpointsOf(db, run.id).findLast(({ file }) => existsSync(join(folder, file)));
    const model = datasets.modelFor?.(run.config);
    const job: TrainJob = {
      ...(model ? { model } : {}),
      kind: 'train',
      runId: run.id,
      config: run.config,
      dataset: datasets.forTrainer(run.dataset),
      folder,
      resumeFrom: newest ? join(folder, newest.file) : null,
      computeMs: run.computeMs,
      bestSoFar: run.best,
    };
    return { ok: true, job };
  } catch (error) {
    const { code, message, detail } = toRequestError(error);
    return { ok: false, failure: { code, message, detail } };
  }
}

/** What TensorFlow must find in its environment for this run. */
export const environmentFor = (config: RunConfig): Record<string, string> =>
  trainerEnvironment({
    device: config.device === 'cpu' ? 'cpu' : 'gpu',
    threads: adviseThreads(config, availableParallelism()),
  });
