import type { PredictImagesJob } from '../../shared/contract/trainer.ts';
import { NetworkFineTuner } from '../learning/fine-tuning/network-fine-tuner.ts';
import { readParameters } from './checkpoint-file.ts';
import { type JobSetting, openDevice, openLearner, openSource } from './job.ts';
import { answerQuestions, rowsOf } from './question-loop.ts';

/** Probabilities of the classes for new images, by a checkpoint of a run on images, as long as it is asked. */
export async function predictImagesJob(job: PredictImagesJob, setting: JobSetting): Promise<'predicted'> {
  setting.report({ type: 'phase', phase: 'loading' });
  const { parameters } = await readParameters(job.checkpoint);
  await openDevice(setting, job.config);
  const learner = openLearner(setting, job.config, await openSource(job.config, job.dataset, job.model));
  if (!(learner instanceof NetworkFineTuner)) throw new Error('Only runs that were fine-tuned on images predict them.');
  try {
    return await answerQuestions(setting, async (asked) => {
      if (asked.kind !== 'images') throw new Error('A run on images was asked something else.');
      const flat = await learner.predict(asked.pixels, parameters);
      return { probabilities: rowsOf(flat, learner.labelNames.length), tokens: null };
    });
  } finally {
    learner.dispose();
  }
}
