import type { TrainJob } from '../../shared/contract/trainer.ts';
import type { EngineFacts } from '../../shared/runs/run.ts';
import { count } from '../../shared/text/number-words.ts';
import type { LearnerFacts } from '../learning/meta-learner.ts';
import type { Best } from './checkpoint-file.ts';
import { type CheckpointFolder, type CheckpointRole, isPeriodic } from './checkpoint-folder.ts';
import { evaluateFinally } from './final-evaluation.ts';
import { type EpisodeSetting, measureEpisodes } from './measure-episodes.ts';
import { createProgressReport, type ProgressReport } from './progress-report.ts';
import { evaluationMessage } from './reported-evaluation.ts';
import type { Usage } from './usage.ts';
import { checkpointLine, engineLine, evaluationLine, peakLine } from './wording.ts';

/** All that a training run touches; nothing here knows TensorFlow, so a test can put any learner in. */
export interface TrainingSetting extends EpisodeSetting {
  readonly job: TrainJob;
  readonly checkpoints: CheckpointFolder;
  readonly usage: () => Usage;
  /** Adds what is known of the device to what the learner says. */
  readonly engineFacts: (facts: LearnerFacts) => EngineFacts;
}

export type TrainingOutcome = 'completed' | 'stopped' | 'paused';

/** What the loop remembers between iterations, besides the learner's own state. */
interface Course {
  best: Best | null;
  /** Iteration of the last validation, -1 before the first. */
  validatedAt: number;
  /** Iteration of the last checkpoint, -1 before the first. */
  savedAt: number;
  savedAtMs: number;
}

/** Messages are let in at least this often: the loop answers a wish within this time plus one native call. */
const letInEveryMs = 20;
/** A run that dies loses at most this much training: besides the asked checkpoints, the last one is renewed so often. */
const renewLastEveryMs = 60_000;

/**
 * Trains from the start or the last checkpoint to the end, or until the parent wishes otherwise: validates, keeps
 * checkpoints, reports everything on the way, and evaluates at the end.
 */
export async function runTraining(setting: TrainingSetting): Promise<TrainingOutcome> {
  const { learner, inbox, report } = setting;
  const course = await startingPoint(setting);
  await inbox.letIn();
  if (inbox.ending() === null) prepare(setting);
  const progress = createProgressReport(setting, learner.iteration);
  report({ type: 'phase', phase: 'training' });
  try {
    return await trainAndEvaluate(setting, course, progress);
  } finally {
    progress.flush(); // also when an iteration failed: what was measured before it is kept
    report({ type: 'log', level: 'info', message: peakLine(setting.usage().peakMb) });
  }
}

async function trainAndEvaluate(setting: TrainingSetting, course: Course, progress: ProgressReport) {
  const { job, learner, inbox, report, clock, checkpoints } = setting;
  const { iterations } = job.config.outer;
  let letInAt = clock();
  for (;;) {
    const ending = inbox.ending();
    if (ending === 'now') return 'stopped';
    if (ending === 'pause' || ending === 'parent-gone') {
      await save(setting, course, progress);
      return 'paused';
    }

    if (isValidationDue(setting, course)) {
      await validate(setting, course, progress);
      continue; // a wish may have come in the meantime
    }
    if (isCheckpointDue(setting, course)) await save(setting, course, progress);
    if (ending === 'finish' || learner.iteration >= iterations || hasStalled(setting, course)) break;

    const startedAt = clock();
    const metrics = learner.trainCall();
    progress.trained(metrics, clock() - startedAt);

    if (clock() - letInAt >= letInEveryMs) {
      await inbox.letIn();
      letInAt = clock();
    }
  }

  report({ type: 'phase', phase: 'saving' });
  if (course.savedAt !== learner.iteration) await save(setting, course, progress);
  const evaluated = await evaluateFinally(setting, course.best);
  if (evaluated === 'cut-short') return inbox.ending() === 'now' ? 'stopped' : 'paused';
  await checkpoints.removeSuperseded();
  return learner.iteration >= iterations || hasStalled(setting, course) ? 'completed' : 'stopped';
}

/** Restores the learner from the checkpoint that the job names; a new run starts as the learner was made. */
async function startingPoint({ job, learner, checkpoints, report, clock }: TrainingSetting): Promise<Course> {
  const start: Course = { best: job.bestSoFar, validatedAt: -1, savedAt: -1, savedAtMs: clock() };
  if (job.resumeFrom === null) return { ...start, best: null };
  const snapshot = await checkpoints.resume(job.resumeFrom);
  learner.restore(snapshot.learner);
  const { iteration } = snapshot.learner;
  report({ type: 'log', level: 'info', message: `goes on from the checkpoint at iteration ${count(iteration)}` });
  return { ...start, best: snapshot.best, validatedAt: snapshot.validatedAt, savedAt: iteration };
}

function prepare({ learner, report, engineFacts }: TrainingSetting): void {
  report({ type: 'phase', phase: 'recording' });
  const engine = engineFacts(learner.prepareTraining());
  report({ type: 'engine', engine });
  report({ type: 'log', level: 'info', message: engineLine(engine) });
}

const isValidationDue = ({ job, learner }: TrainingSetting, course: Course): boolean => {
  const { every } = job.config.evaluation;
  return every > 0 && learner.iteration % every === 0 && course.validatedAt !== learner.iteration;
};

/** Whether fine-tuning has gone on for as many epochs without a better validation as the config has patience for. */
function hasStalled({ job, learner }: TrainingSetting, { best }: Course): boolean {
  const { algorithm, evaluation } = job.config;
  const patience = 'patience' in algorithm ? algorithm.patience : 0;
  if (patience === 0 || best === null || evaluation.every === 0) return false;
  return learner.iteration - best.iteration >= patience * evaluation.every;
}

/** Measures on validation tasks and keeps the best; cut short, it changes nothing and is measured again later. */
async function validate(setting: TrainingSetting, course: Course, progress: ProgressReport): Promise<void> {
  const { job, learner, report } = setting;
  const { evaluation } = job.config;
  const { iteration } = learner;
  progress.flush();
  report({ type: 'phase', phase: 'validating' });
  const measured = await measureEpisodes(setting, {
    split: 'validation',
    episodes: evaluation.episodes,
    episodeSeed: evaluation.episodeSeed,
    steps: evaluation.testSteps,
  });
  report({ type: 'phase', phase: 'training' });
  if (!measured) return;

  const { outcome, durationMs } = measured;
  progress.validated(measured);
  const line = evaluationLine(`validation at ${count(iteration)}`, outcome, evaluation.testSteps, durationMs);
  report({ type: 'log', level: 'eval', message: line });
  const validation = { kind: 'validation', split: 'validation', iteration, ...measured } as const;
  report(evaluationMessage(job.config, job.dataset, validation));
  course.validatedAt = iteration;
  course.savedAt = -1; // a checkpoint of before does not know of this validation
  const found: Best = { metric: outcome.metric, value: outcome.mean, ci95: outcome.ci95, iteration };
  if (isBetter(found, course.best)) {
    course.best = found;
    await save(setting, course, progress);
  }
}

const isBetter = (found: Best, best: Best | null): boolean =>
  best === null || (found.metric === 'accuracy' ? found.value > best.value : found.value < best.value);

const isCheckpointDue = ({ job, learner, inbox, clock }: TrainingSetting, course: Course): boolean => {
  if (inbox.takeCheckpointWish() === 'wanted') return true;
  if (course.savedAt === learner.iteration) return false;
  return isPeriodic(learner.iteration, job.config) || clock() - course.savedAtMs >= renewLastEveryMs;
};

/** Writes a checkpoint of this iteration with all the roles that it has; the points up to here are sent before it. */
async function save(setting: TrainingSetting, course: Course, progress: ProgressReport): Promise<void> {
  const { job, learner, checkpoints, report, clock } = setting;
  const { iteration } = learner;
  const { best, validatedAt } = course;
  progress.flush();
  const roles: CheckpointRole[] = [];
  if (best?.iteration === iteration) roles.push('best');
  if (isPeriodic(iteration, job.config)) roles.push('periodic');
  const startedAt = clock();
  const saved = await checkpoints.save({ learner: learner.state(), best, validatedAt }, roles);
  course.savedAt = iteration;
  course.savedAtMs = clock();
  const validation = best?.iteration === iteration ? best.value : null;
  report({ type: 'checkpoint', ...saved, roles: [...saved.roles], validation });
  report({ type: 'log', level: 'save', message: checkpointLine(saved, clock() - startedAt) });
}
