import type { PredictClipsJob, PredictRowsJob } from '../../shared/contract/trainer.ts';
import { isNetworkFineTune, type NetworkFineTuneRunConfig, type RunConfig } from '../../shared/run-config/schema.ts';
import { NetworkFineTuner } from '../learning/fine-tuning/network-fine-tuner.ts';
import type { NetworkSource } from '../learning/fine-tuning/network-source.ts';
import { readParameters } from './checkpoint-file.ts';
import { loadClips } from './clip-store.ts';
import { type JobSetting, openDevice, openLearner } from './job.ts';
import { answerQuestions, rowsOf } from './question-loop.ts';
import { inputsOfRows, rowPredictionSource } from './row-store.ts';

/** Probabilities of the labels for new rows, by a checkpoint of a run on a table, as long as it is asked. */
export async function predictRowsJob(job: PredictRowsJob, setting: JobSetting): Promise<'predicted'> {
  const { classifier } = job;
  const source = await rowPredictionSource(configOf(job), classifier, job.model ?? null);
  return predict(job, setting, source, (asked) => {
    if (asked.kind !== 'rows') throw new Error('A run on rows was asked something else.');
    return inputsOfRows(classifier.columns, classifier.scales, asked.rows);
  });
}

/** The same of new clips; the dataset's training clips say how bands are scaled and what batch norm goes by. */
export async function predictClipsJob(job: PredictClipsJob, setting: JobSetting): Promise<'predicted'> {
  const config = configOf(job);
  if (config.task.kind !== 'audio-classes') throw new Error('Only runs on clips predict them.');
  const { source, inputsOf } = await loadClips(config, config.task, job.dataset, job.model ?? null);
  return predict(job, setting, source, (asked) => {
    if (asked.kind !== 'clips') throw new Error('A run on clips was asked something else.');
    return inputsOf(asked.waveforms);
  });
}

type Asked = Parameters<Parameters<typeof answerQuestions>[1]>[0];

async function predict(
  job: PredictRowsJob | PredictClipsJob,
  setting: JobSetting,
  source: NetworkSource,
  inputs: (asked: Asked) => Float32Array,
): Promise<'predicted'> {
  setting.report({ type: 'phase', phase: 'loading' });
  const { parameters } = await readParameters(job.checkpoint);
  await openDevice(setting, job.config);
  const learner = openLearner(setting, job.config, source);
  if (!(learner instanceof NetworkFineTuner)) throw new Error('Only fine-tuned networks predict rows and clips.');
  try {
    return await answerQuestions(setting, async (asked) => {
      const flat = await learner.predict(inputs(asked), parameters);
      return { probabilities: rowsOf(flat, learner.labelNames.length), tokens: null };
    });
  } finally {
    learner.dispose();
  }
}

function configOf({ config }: { readonly config: RunConfig }): NetworkFineTuneRunConfig {
  if (!isNetworkFineTune(config)) throw new Error('Only fine-tuned networks predict rows and clips.');
  return config;
}
