import { InnerloopError } from '../../shared/contract/errors.ts';
import type { EvaluateJob } from '../../shared/contract/trainer.ts';
import type { LearnerSource } from '../learning/meta-learner.ts';
import type { NamedTensor } from '../learning/named-tensor.ts';
import type { EpisodeSplit } from '../learning/tasks/task-source.ts';
import { readParameters } from './checkpoint-file.ts';
import { type JobSetting, openDevice, openLearner, openSource } from './job.ts';
import { measureEpisodes } from './measure-episodes.ts';
import { classesAsTest } from './pixel-store.ts';
import { evaluationMessage } from './reported-evaluation.ts';
import { evaluationLine } from './wording.ts';

/** Test episodes with a checkpoint, or with the untrained network of the run's seed, as the job's config asks. */
export async function evaluationJob(job: EvaluateJob, setting: JobSetting): Promise<'evaluated' | 'stopped'> {
  const { config, split } = job;
  const { finalEpisodes, episodeSeed, testSteps } = config.evaluation;
  setting.report({ type: 'phase', phase: 'loading' });
  const trained = job.checkpoint === null ? null : await readParameters(job.checkpoint);
  await openDevice(setting, config);
  const source = await openSource(config, job.dataset, job.model);
  const learner = openLearner(setting, config, split === 'unused' ? unusedAsTest(source) : source);
  try {
    if (trained) assertFitting(trained.parameters, learner.initialParameters());
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
    setting.report(evaluationMessage(config, job.dataset, evaluated));
    const line = evaluationLine(`${split} tasks`, measured.outcome, testSteps, measured.durationMs);
    setting.report({ type: 'log', level: 'eval', message: line });
    return 'evaluated';
  } finally {
    learner.dispose();
  }
}

/** A network has the sizes that it was trained with: a 5-way head cannot tell 3 classes apart. */
function assertFitting(checkpoint: readonly NamedTensor[], wanted: readonly NamedTensor[]): void {
  const shapeOf = (tensors: readonly NamedTensor[], name: string): string =>
    `[${tensors.find((tensor) => tensor.name === name)?.shape.join(', ') ?? ''}]`;
  const names = new Set([...checkpoint, ...wanted].map(({ name }) => name));
  const wrong = [...names].find((name) => shapeOf(checkpoint, name) !== shapeOf(wanted, name));
  if (wrong === undefined) return;
  throw new InnerloopError(
    'invalid-request',
    `These episodes do not fit the checkpoint: its ${wrong} is ${shapeOf(checkpoint, wrong)}, ${shapeOf(wanted, wrong)} would be needed. ` +
      'Way, image size and network must be those of training.',
  );
}

const drawnFrom = (split: EvaluateJob['split']): EpisodeSplit => (split === 'unused' ? 'test' : split);

/** Classes that no split uses can be evaluated too: they take the place of the test classes. */
const unusedAsTest = (source: LearnerSource): LearnerSource =>
  source.kind === 'image-classes' ? { ...source, classes: classesAsTest(source.classes, 'unused') } : source;
