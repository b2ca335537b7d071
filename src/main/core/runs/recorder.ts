import type { FromTrainer } from '../../../shared/contract/trainer.ts';
import type { Evaluation, LogEntry, RunSummary } from '../../../shared/runs/run.ts';
import { emptySparkline, extendSparkline, type Sparkline } from '../../../shared/statistics/sparkline.ts';
import type { CoreContext } from '../context.ts';
import { newId } from '../identity.ts';
import { putCheckpoint } from '../store/checkpoints.ts';
import { inTransaction } from '../store/database.ts';
import { hasValidation, insertEvaluation } from '../store/evaluations.ts';
import { appendLog } from '../store/log.ts';
import { appendPoints, type Points } from '../store/metrics.ts';
import { insertPredictions, keepValidationPredictions } from '../store/predictions.ts';
import { getRun, type RunChange, sparklineOf, updateRun } from '../store/runs.ts';
import { canHappen, nextState } from './run-state.ts';

/** Messages of a training job that are stored; the rest belongs to other jobs or to the process. */
type Recorded = Extract<
  FromTrainer,
  { readonly type: 'phase' | 'engine' | 'points' | 'log' | 'evaluation' | 'checkpoint' }
>;
type PointsMessage = Extract<FromTrainer, { readonly type: 'points' }>;

export function isRecorded(message: FromTrainer): message is Recorded {
  return ['phase', 'engine', 'points', 'log', 'evaluation', 'checkpoint'].includes(message.type);
}

/** Stores one message of a run's trainer in one transaction, then announces what became of it. */
export function record(context: CoreContext, runId: string, message: Recorded): void {
  switch (message.type) {
    case 'phase':
      recordPhase(context, runId, message.phase);
      break;
    case 'engine':
      updateRun(context.db, runId, { engine: message.engine });
      announceRun(context, runId);
      break;
    case 'points':
      recordPoints(context, runId, message);
      break;
    case 'log':
      writeLog(context, runId, message.level, message.message);
      break;
    case 'evaluation':
      recordEvaluation(context, runId, message);
      break;
    case 'checkpoint':
      recordCheckpoint(context, runId, message);
      break;
  }
}

/** Announces a run as it is stored now. */
export function announceRun({ db, announce }: CoreContext, runId: string): void {
  const run = getRun(db, runId);
  if (run) announce({ name: 'run.changed', body: { run } });
}

/** Adds a line to a run's log and announces it. */
export function writeLog(context: CoreContext, runId: string, level: LogEntry['level'], message: string): void {
  const entry = appendLog(context.db, runId, { at: context.now(), level, message });
  context.announce({ name: 'run.log', body: { id: runId, entries: [entry] } });
}

function recordPhase(context: CoreContext, runId: string, phase: RunSummary['phase']): void {
  const run = getRun(context.db, runId);
  if (!run) return;
  const training = phase !== 'loading' && phase !== 'recording' && canHappen(run.state, 'train');
  const state = training ? nextState(run.state, 'train', run.name) : run.state;
  updateRun(context.db, runId, { phase, state });
  announceRun(context, runId);
}

function recordPoints(context: CoreContext, runId: string, message: PointsMessage): void {
  const { db, announce } = context;
  const fresh = inTransaction(db, () => {
    const kept: Record<string, [number, number][]> = {};
    for (const [key, points] of Object.entries(message.points)) {
      const added = appendPoints(db, runId, key, points);
      if (added.length > 0) kept[key] = added.map(([step, value]) => [step, value]);
    }
    updateRun(db, runId, progressOf(message, kept['train/loss'] ?? [], sparklineOf(db, runId)));
    return kept;
  });
  if (Object.keys(fresh).length > 0) announce({ name: 'run.points', body: { id: runId, points: fresh } });
  announceRun(context, runId);
}

function progressOf(message: PointsMessage, losses: Points, stored: string | null): RunChange {
  const progress: RunChange = {
    iteration: message.iteration,
    computeMs: message.computeMs,
    iterationsPerSecond: message.iterationsPerSecond,
    etaMs: message.etaMs,
  };
  const last = losses.at(-1);
  if (last === undefined) return progress;
  const sparkline = stored === null ? emptySparkline : (JSON.parse(stored) as Sparkline);
  const longer = extendSparkline(
    sparkline,
    losses.map(([, value]) => value),
  );
  return { ...progress, trainLoss: last[1], sparkline: JSON.stringify(longer) };
}

/** Joins points messages that wait for the same commit; the later one's progress counts. */
export function joinPoints(earlier: PointsMessage, later: PointsMessage): PointsMessage {
  const points: PointsMessage['points'] = { ...earlier.points };
  for (const [key, added] of Object.entries(later.points)) points[key] = [...(points[key] ?? []), ...added];
  return { ...later, points };
}

type EvaluationMessage = Extract<FromTrainer, { readonly type: 'evaluation' }>;

function recordEvaluation(context: CoreContext, runId: string, message: EvaluationMessage): void {
  const { db, announce } = context;
  const evaluation: Evaluation = { ...message.evaluation, id: newId(), runId, createdAt: context.now() };
  const stored = inTransaction(db, () => {
    const run = getRun(db, runId);
    // A resumed run measures the validations since its checkpoint again.
    if (!run || (evaluation.kind === 'validation' && hasValidation(db, runId, evaluation.iteration))) return false;
    insertEvaluation(db, evaluation);
    const consequence = consequenceOf(evaluation, run.best);
    updateRun(db, runId, consequence);
    if (message.predictions) insertPredictions(db, evaluation.id, message.predictions);
    // An epoch's predictions are of use as long as it is the latest or the best; for good stay those of the end.
    const best = consequence.best ?? run.best;
    if (evaluation.kind === 'validation') {
      keepValidationPredictions(db, runId, [evaluation.iteration, best?.iteration ?? evaluation.iteration]);
    }
    return true;
  });
  if (!stored) return;
  announce({ name: 'run.evaluated', body: { evaluation } });
  announceRun(context, runId);
}

function consequenceOf(evaluation: Evaluation, best: RunSummary['best']): RunChange {
  const { kind, metric, mean, ci95, iteration, id } = evaluation;
  if (kind === 'final') return { finalEvaluationId: id };
  if (kind === 'untrained') return { untrainedEvaluationId: id };
  const better = best === null || (metric === 'accuracy' ? mean > best.value : mean < best.value);
  return kind === 'validation' && better ? { best: { metric, value: mean, ci95, iteration } } : {};
}

function recordCheckpoint(
  context: CoreContext,
  runId: string,
  message: Extract<FromTrainer, { readonly type: 'checkpoint' }>,
): void {
  const { type: _, ...checkpoint } = message;
  inTransaction(context.db, () =>
    putCheckpoint(context.db, { ...checkpoint, id: newId(), runId, createdAt: context.now() }),
  );
  announceRun(context, runId);
}
