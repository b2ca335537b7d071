import type { RequestHandlers } from '../../shared/contract/requests.ts';
import { createBench } from './bench.ts';
import type { CoreContext } from './context.ts';
import type { Datasets } from './datasets-desk.ts';
import { examine } from './doctor.ts';
import { createEngineChoice } from './engine-choice.ts';
import { adoptRun } from './export/adopt-run.ts';
import { exportRun } from './export/export-run.ts';
import type { ModelLibrary } from './models/model-library.ts';
import { cancelQueued, checkpointRun, pauseRun, requireRun, resumeRun, stopRun } from './runs/actions.ts';
import { classificationOfRun, predictedExamplesOf } from './runs/classification.ts';
import { checkConfig } from './runs/config-check.ts';
import { deleteRuns, editRuns, emptyBin, restoreRuns } from './runs/edits.ts';
import { evaluateRun } from './runs/evaluate.ts';
import { historyPage, runCheckpoints, runMetrics } from './runs/history.ts';
import { launchRuns } from './runs/launch.ts';
import { predictTexts } from './runs/predict.ts';
import { predictClips } from './runs/predict-clips.ts';
import { predictImages } from './runs/predict-images.ts';
import { predictRows, tableColumnsOf } from './runs/predict-rows.ts';
import type { Scheduler } from './runs/scheduler.ts';
import type { Supervisor } from './runs/supervisor.ts';
import { launchSweep, planSweep } from './runs/sweep.ts';
import type { TrainerJobs } from './runs/trainer-jobs.ts';
import type { WarmPredictor } from './runs/warm-predictor.ts';
import { evaluationsOf } from './store/evaluations.ts';
import { readLog } from './store/log.ts';
import { countRuns } from './store/runs.ts';
import { allSettings, setSetting } from './store/settings.ts';

/** The working parts of a core, as its requests use them. */
export interface CoreParts {
  readonly context: CoreContext;
  readonly supervisor: Supervisor;
  readonly scheduler: Scheduler;
  readonly jobs: TrainerJobs;
  readonly predictor: WarmPredictor;
  readonly datasets: Datasets;
  readonly models: ModelLibrary;
  readonly version: string;
  readonly electron: string | null;
}

/** One function per request; all of them throw InnerloopError for what a person can act on. */
export const coreHandlers = (parts: CoreParts): RequestHandlers => ({
  ...appHandlers(parts),
  ...createBench(parts.context, parts.jobs),
  ...createEngineChoice(parts.context, parts.datasets.desk, parts.jobs),
  ...runHandlers(parts),
  ...queueHandlers(parts),
  ...sweepHandlers(parts),
  ...parts.datasets.handlers,
  ...parts.models.handlers,
  'models.adopt': (request) => adoptRun(parts.context, parts.models, parts.datasets.desk, request),
});

type Handlers<Prefix extends string> = Pick<RequestHandlers, Extract<keyof RequestHandlers, `${Prefix}.${string}`>>;

function appHandlers(parts: CoreParts): Handlers<'app' | 'settings' | 'config'> {
  const { context, datasets, jobs, version, electron } = parts;
  return {
    'app.info': () => ({
      version,
      home: context.layout.home,
      coreNode: process.versions.node,
      firstStart: countRuns(context.db) === 0 ? 'yes' : 'no',
    }),
    'app.doctor': ({ check }) => examine({ context, jobs, electron }, check),
    'settings.get': () => allSettings(context.db),
    'settings.set': ({ key, value }) => {
      setSetting(context.db, key, value);
      parts.scheduler.startWaiting(); // more runs may be allowed at a time now
      return null;
    },
    'config.check': (request) => checkConfig(context, datasets.desk, request),
    'config.draw-task': datasets.drawTask,
  };
}

function runHandlers({
  context,
  supervisor,
  scheduler,
  jobs,
  predictor,
  models,
  datasets: { desk },
}: CoreParts): Handlers<'runs'> {
  const { db } = context;
  return {
    'runs.list': (request) => historyPage(context, request),
    'runs.get': ({ id }) => requireRun(context, id),
    'runs.launch': (request) => {
      const ids = [...launchRuns(context, desk, request)];
      scheduler.startWaiting();
      return { ids };
    },
    'runs.pause': ({ id }) => done(pauseRun(context, supervisor, id)),
    'runs.resume': ({ id }) => {
      resumeRun(context, id);
      return done(scheduler.startWaiting());
    },
    'runs.stop': ({ id, how }) => {
      stopRun(context, supervisor, id, how);
      return done(scheduler.startWaiting());
    },
    'runs.checkpoint': ({ id }) => done(checkpointRun(context, supervisor, id)),
    'runs.edit': (request) => done(editRuns(context, request)),
    'runs.delete': ({ ids }) => {
      deleteRuns(context, ids);
      predictor.forget(ids);
      return done(scheduler.startWaiting());
    },
    'runs.restore': ({ ids }) => done(restoreRuns(context, ids)),
    'runs.empty-bin': async () => ({ removed: await emptyBin(context, 'all') }),
    'runs.metrics': (request) => runMetrics(context, request),
    'runs.log': ({ id, after, limit }) => {
      requireRun(context, id);
      return readLog(db, id, after, limit);
    },
    'runs.evaluations': ({ id }) => {
      requireRun(context, id);
      return evaluationsOf(db, id);
    },
    'runs.checkpoints': ({ id }) => runCheckpoints(context, id),
    'runs.evaluate': (request) => evaluateRun(context, desk, jobs, request),
    'runs.classification': (request) => classificationOfRun(context, request),
    'runs.predictedExamples': (request) => predictedExamplesOf(context, desk, request),
    'runs.predict': (request) => predictTexts(context, desk, predictor, request),
    'runs.predict-images': (request) => predictImages(context, desk, predictor, request),
    'runs.predict-rows': (request) => predictRows(context, desk, predictor, request),
    'runs.table-columns': (request) => tableColumnsOf(context, request),
    'runs.predict-audio': (request) => predictClips(context, desk, predictor, request),
    'runs.export': (request) => exportRun(context, { models: models.desk, datasets: desk, jobs }, request),
  };
}

function sweepHandlers({ context, scheduler, datasets: { desk } }: CoreParts): Handlers<'sweeps'> {
  return {
    'sweeps.plan': (request) => planSweep(context, desk, request),
    'sweeps.launch': (request) => {
      const launched = launchSweep(context, desk, request);
      scheduler.startWaiting();
      return launched;
    },
  };
}

function queueHandlers({ context, scheduler }: CoreParts): Handlers<'queue'> {
  return {
    'queue.get': () => scheduler.state(),
    'queue.move': ({ id, position }) => {
      requireRun(context, id);
      return done(scheduler.move(id, position));
    },
    'queue.cancel': ({ ids }) => {
      cancelQueued(context, ids);
      return done(scheduler.startWaiting());
    },
    'queue.set-mode': ({ mode }) => done(scheduler.setMode(mode)),
  };
}

/** Requests without an answer still answer, with null, when they are done. */
const done = <Nothing>(_nothing: Nothing): null => null;
