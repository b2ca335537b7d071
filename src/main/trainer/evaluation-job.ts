import type { EvaluateJob } from '../../shared/contract/trainer.ts';
import type { EpisodeSplit, TaskSource } from '../learning/tasks/task-source.ts';
import { readParameters } from './checkpoint-file.ts';
import { type JobSetting, openDevice, openSource } from './job.ts';
import { measureEpisodes } from './measure-episodes.ts';
import { classesAsTest } from './pixel-store.ts';
import { evaluationOf } from './reported-evaluation.ts';
import { evaluationLine } from './wording.ts';

/** Test episodes with a checkpoint, or with the untrained network of the run's seed, as the job's config asks. */
export async function evaluationJob(job: EvaluateJob, setting: JobSetting): Promise<'evaluated' | 'stopped'> {
  const { config, split } = job;
  const { finalEpisodes, episodeSeed, testSteps } = config.evaluation;
  setting.report({ type: 'phase', phase: 'loading' });
  const trained = job.checkpoint === null ? null : await readParameters(job.checkpoint);
  await openDevice(setting, config);
  const source = await openSource(config, job.dataset);
  const learner = setting.createLearner({
    config,
    source: split === 'unused' ? unusedAsTest(source) : source,
    writeGraph: setting.writeGraph,
  });
  try {
    setting.report({ type: 'phase', phase: 'evaluating' });
    const measured = await measureEpisodes(
      { ...setting, learner },
      {
        split: drawnFrom(split),
        episodes: finalEpisodes,
        episodeSeed,
        steps: testSteps,
        from: trained?.parameters ?? learner.initialParameters(),
      },
    );
    if (!measured) return 'stopped';
    const kind = trained ? 'requested' : 'untrained';
    const evaluated = { kind, iteration: trained?.iteration ?? 0, split, ...measured } as const;
    setting.report({ type: 'evaluation', evaluation: evaluationOf(config, job.dataset, evaluated) });
    const line = evaluationLine(`${split} tasks`, measured.outcome, testSteps, measured.durationMs);
    setting.report({ type: 'log', level: 'eval', message: line });
    return 'evaluated';
  } finally {
    learner.dispose();
  }
}

const drawnFrom = (split: EvaluateJob['split']): EpisodeSplit => (split === 'unused' ? 'test' : split);

/** Classes that no split uses can be evaluated too: they take the place of the test classes. */
const unusedAsTest = (source: TaskSource): TaskSource =>
  source.kind === 'sinusoid' ? source : { ...source, classes: classesAsTest(source.classes, 'unused') };
