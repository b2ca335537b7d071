import type { TrainJob } from '../../shared/contract/trainer.ts';
import type { TextClassifierFacts } from '../../shared/runs/text-classifier.ts';
import { writeTableClassifier } from '../files/table-classifier-file.ts';
import { writeTextClassifier } from '../files/text-classifier-file.ts';
import type { TextSource } from '../learning/fine-tuning/text-source.ts';
import { openCheckpointFolder } from './checkpoint-folder.ts';
import { describeEngine, type JobSetting, openDevice, openLearner, openSource } from './job.ts';
import { runTraining, type TrainingOutcome } from './training-loop.ts';
import { createUsageMeter } from './usage.ts';

/** Trains one run from the job's start to its end or to the parent's wish. */
export async function trainJob(job: TrainJob, setting: JobSetting): Promise<TrainingOutcome> {
  setting.report({ type: 'phase', phase: 'loading' });
  const device = await openDevice(setting, job.config);
  const source = await openSource(job.config, job.dataset, job.model);
  if (source.kind === 'text-classes') await writeTextClassifier(job.folder, classifierFacts(source));
  if (source.kind === 'table-classes' && job.dataset?.kind === 'table-classes') {
    const { labels, columns } = job.dataset;
    await writeTableClassifier(job.folder, { format: 1, labels, columns, scales: [...(source.scales ?? [])] });
  }
  const known = job.bestSoFar ? [job.bestSoFar.iteration] : [];
  const checkpoints = await openCheckpointFolder(job.folder, job.config, known);
  const engineFacts = await describeEngine(device);
  const learner = openLearner(setting, job.config, source);
  try {
    const usage = createUsageMeter(setting.clock);
    return await runTraining({ ...setting, job, learner, checkpoints, usage, engineFacts });
  } finally {
    learner.dispose();
  }
}

/** What the run needs to know of its texts once they are gone. */
const classifierFacts = ({ labelNames, labelMode, encoder }: TextSource): TextClassifierFacts => ({
  ...{ format: 1, labels: labelNames, labelMode, vocabTxt: encoder.vocabTxt ?? null },
});
