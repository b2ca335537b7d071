import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf } from '../../../shared/contract/requests.ts';
import type { EvaluateJob, ImageTrainerDataset } from '../../../shared/contract/trainer.ts';
import { parseRunConfig } from '../../../shared/run-config/complete.ts';
import { type ImageTaskConfig, isFineTune, type RunConfig } from '../../../shared/run-config/schema.ts';
import { taskFacts } from '../../../shared/run-config/task-facts.ts';
import type { Evaluation, RunSummary, Split } from '../../../shared/runs/run.ts';
import { createEpisodeSampler } from '../../../shared/tasks/episode-sampler.ts';
import type { CoreContext } from '../context.ts';
import { newId } from '../identity.ts';
import { checkpointsOf, type StoredCheckpoint } from '../store/checkpoints.ts';
import { inTransaction } from '../store/database.ts';
import { insertEvaluation } from '../store/evaluations.ts';
import { insertPredictions } from '../store/predictions.ts';
import { requireRun } from './actions.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { invalidConfig } from './launch.ts';
import { environmentFor } from './prepare-job.ts';
import type { TrainerJobs } from './trainer-jobs.ts';

type EvaluateRequest = RequestOf<'runs.evaluate'>;

/** Measures a checkpoint on test episodes, stores the result with its protocol and returns it. */
export async function evaluateRun(
  context: CoreContext,
  datasets: DatasetDesk,
  jobs: TrainerJobs,
  request: EvaluateRequest,
): Promise<Evaluation> {
  const run = requireRun(context, request.id);
  const job = evaluationJob(context, datasets, run, request);
  const messages = await jobs.run(job, environmentFor(job.config));
  const reported = messages.find((message) => message.type === 'evaluation');
  if (!reported) throw new InnerloopError('trainer-died', 'The trainer ended without a result.');
  const evaluation: Evaluation = {
    ...reported.evaluation,
    id: newId(),
    runId: run.id,
    createdAt: context.now(),
  };
  inTransaction(context.db, () => {
    requireRun(context, run.id); // it may have been removed meanwhile
    insertEvaluation(context.db, evaluation);
    if (reported.predictions) insertPredictions(context.db, evaluation.id, reported.predictions);
  });
  context.announce({ name: 'run.evaluated', body: { evaluation } });
  return evaluation;
}

function evaluationJob(
  context: CoreContext,
  datasets: DatasetDesk,
  run: RunSummary,
  request: EvaluateRequest,
): EvaluateJob {
  const parsed = parseRunConfig(askedConfig(run.config, request));
  if (!parsed.ok) throw invalidConfig(parsed.errors);
  const { config } = parsed;
  const named = request.dataset;
  const own = named === null || named === run.dataset?.name || named === run.dataset?.id;
  const dataset = datasets.forTrainer(own ? run.dataset : datasets.factsFor(config));
  if (dataset?.kind === 'image-classes' && config.task.kind === 'image-classes') {
    checkEpisodes(config.task, dataset, request.split);
  }
  const model = datasets.modelFor?.(config);
  const checkpoint = request.from === 'untrained' ? null : checkpointFor(context, run, request.from);
  return {
    ...(model ? { model } : {}),
    kind: 'evaluate',
    runId: run.id,
    config,
    dataset,
    checkpoint: checkpoint && join(context.layout.runs, run.id, checkpoint.file),
    split: request.split,
  };
}

/** Only the asked split counts: a dataset that was made for tests alone needs no training classes. */
function checkEpisodes(task: ImageTaskConfig, dataset: ImageTrainerDataset, split: Split): void {
  const classes = dataset.classes.filter((candidate) => candidate.split === split);
  try {
    createEpisodeSampler(classes, { ...task, rotations: 'off', augmentation: { kind: 'off' } }, split);
  } catch (error) {
    throw new InnerloopError('invalid-request', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** The run's config with what was asked in its place; validated by the caller, so that wrong sizes are named. */
export function askedConfig(config: RunConfig, request: EvaluateRequest): Record<string, unknown> {
  const { dataset, episodes, episodeSeed, way, shot, query, steps } = request;
  refuseSizesOfExamples(config, request);
  const image = config.task.kind === 'image-classes';
  if (!image && (dataset !== null || way !== null)) {
    throw new InnerloopError(
      'invalid-request',
      'The tasks of this run are generated: it has no dataset and no way to change.',
    );
  }
  const task = {
    ...config.task,
    ...(shot === null ? {} : { shot }),
    ...(query === null ? {} : { query }),
    ...(way === null ? {} : { way }),
    ...(dataset === null ? {} : { dataset }),
  };
  const evaluation = {
    ...config.evaluation,
    episodes,
    finalEpisodes: episodes,
    ...(episodeSeed === null ? {} : { episodeSeed }),
    ...(steps === null ? {} : { testSteps: steps }),
  };
  return { ...config, task, evaluation };
}

/** A fine-tuned run is measured on all of its own examples: there is no episode whose size could be asked. */
function refuseSizesOfExamples(config: RunConfig, { dataset, way, shot, query, split }: EvaluateRequest): void {
  if (!isFineTune(config)) return;
  const examples = taskFacts[config.task.kind].counted;
  const asked = Object.entries({ dataset, way, shot, query }).find(([, value]) => value !== null)?.[0];
  const message =
    asked !== undefined
      ? `This run is measured on its own ${examples}, so ${asked} cannot be changed. Launch a run with other examples.`
      : split === 'unused'
        ? `This run has training, validation and test ${examples}, and no unused ones.`
        : null;
  if (message !== null) throw new InnerloopError('invalid-request', message);
}

function checkpointFor(context: CoreContext, run: RunSummary, role: 'best' | 'last'): StoredCheckpoint {
  const stored = checkpointsOf(context.db, run.id);
  const found = stored.findLast(({ roles }) => roles.includes(role)) ?? stored.at(-1);
  if (!found) {
    throw new InnerloopError(
      'not-found',
      `${run.name} has no checkpoint to evaluate yet. Save one, or evaluate it untrained.`,
    );
  }
  return found;
}
