import type { PredictJob } from '../../shared/contract/trainer.ts';
import { FineTuner } from '../learning/fine-tuning/fine-tuner.ts';
import { readParameters } from './checkpoint-file.ts';
import { type JobSetting, openDevice, openLearner } from './job.ts';
import { predictionSource } from './prediction-source.ts';

/** Probabilities of the labels for new texts, by a checkpoint of a fine-tuned run. */
export async function predictJob(job: PredictJob, setting: JobSetting): Promise<'predicted'> {
  setting.report({ type: 'phase', phase: 'loading' });
  const { parameters } = await readParameters(job.checkpoint);
  await openDevice(setting, job.config);
  const source = await predictionSource(job);
  const learner = openLearner(setting, job.config, source);
  if (!(learner instanceof FineTuner)) throw new Error('Only fine-tuned runs predict texts.');
  try {
    const flat = learner.predict(job.texts, parameters);
    const labels = job.classifier.labels.length;
    const probabilities = job.texts.map((_, i) => [...flat.subarray(i * labels, (i + 1) * labels)]);
    setting.report({ type: 'predictions', probabilities });
    return 'predicted';
  } finally {
    learner.dispose();
  }
}
