import type { PredictImagesJob } from '../../shared/contract/trainer.ts';
import { NetworkFineTuner } from '../learning/fine-tuning/network-fine-tuner.ts';
import { readParameters } from './checkpoint-file.ts';
import { type JobSetting, openDevice, openLearner, openSource } from './job.ts';

/** Probabilities of the classes for new images, by a checkpoint of a run that was fine-tuned on images. */
export async function predictImagesJob(job: PredictImagesJob, setting: JobSetting): Promise<'predicted'> {
  setting.report({ type: 'phase', phase: 'loading' });
  const { parameters } = await readParameters(job.checkpoint);
  await openDevice(setting, job.config);
  const learner = openLearner(setting, job.config, await openSource(job.config, job.dataset, job.model));
  if (!(learner instanceof NetworkFineTuner)) throw new Error('Only runs that were fine-tuned on images predict them.');
  try {
    const flat = await learner.predict(job.pixels, parameters);
    const classes = learner.labelNames.length;
    const probabilities = Array.from({ length: flat.length / classes }, (_, i) => [
      ...flat.subarray(i * classes, (i + 1) * classes),
    ]);
    setting.report({ type: 'predictions', probabilities });
    return 'predicted';
  } finally {
    learner.dispose();
  }
}
