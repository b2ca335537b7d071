import { assertNever } from '../../shared/contract/errors.ts';
import type { FromTrainer, TrainerJob } from '../../shared/contract/trainer.ts';
import { benchJob } from './bench-job.ts';
import { evaluationJob } from './evaluation-job.ts';
import { failureOf } from './failures.ts';
import { graphModelJob } from './graph-model-job.ts';
import type { JobSetting } from './job.ts';
import { predictClipsJob, predictRowsJob } from './predict-examples-job.ts';
import { predictImagesJob } from './predict-images-job.ts';
import { predictJob } from './predict-job.ts';
import { probeJob } from './probe-job.ts';
import { trainJob } from './train-job.ts';

type Outcome = Extract<FromTrainer, { readonly type: 'end' }>['outcome'];

/** Does one job and says how it ended, whatever happens; resolves to the exit code of the process. */
export async function runJob(job: TrainerJob, setting: JobSetting): Promise<0 | 1> {
  try {
    const outcome = await outcomeOf(job, setting);
    setting.report({ type: 'end', outcome });
    return 0;
  } catch (thrown) {
    setting.report({ type: 'failed', failure: failureOf(thrown, job) });
    return 1;
  }
}

function outcomeOf(job: TrainerJob, setting: JobSetting): Promise<Outcome> {
  switch (job.kind) {
    case 'train':
      return trainJob(job, setting);
    case 'evaluate':
      return evaluationJob(job, setting);
    case 'predict':
      return predictJob(job, setting);
    case 'predict-images':
      return predictImagesJob(job, setting);
    case 'predict-rows':
      return predictRowsJob(job, setting);
    case 'predict-clips':
      return predictClipsJob(job, setting);
    case 'graph-model':
      return graphModelJob(job, setting);
    case 'probe':
      return probeJob(setting);
    case 'bench':
      return benchJob(job, setting);
    default:
      return assertNever(job, 'job');
  }
}
