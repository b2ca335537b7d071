import type { RequestHandlers } from '../../shared/contract/requests.ts';
import { isRecord } from '../../shared/run-config/record.ts';
import { startModel } from '../../shared/run-config/start-model.ts';
import type { CoreContext } from './context.ts';
import { openDatasets } from './datasets-desk.ts';
import { coreHandlers } from './handlers.ts';
import { checkStart } from './models/check-start.ts';
import { openModels } from './models-desk.ts';
import type { DatasetDesk } from './runs/dataset-desk.ts';
import { emptyBin } from './runs/edits.ts';
import { recover } from './runs/recovery.ts';
import { createScheduler, queueModeSetting, type Scheduler } from './runs/scheduler.ts';
import { createSupervisor, type Supervisor, type SupervisorPatience, supervisorPatience } from './runs/supervisor.ts';
import { createTrainerJobs } from './runs/trainer-jobs.ts';
import type { StartTrainer, TrainerCommand } from './runs/trainer-process.ts';
import { createWarmPredictor } from './runs/warm-predictor.ts';
import { queueEntries } from './store/queue-positions.ts';
import { setSetting } from './store/settings.ts';

export interface CoreOptions {
  readonly context: CoreContext;
  readonly startTrainer: StartTrainer;
  /** Node and entry of the trainer program. */
  readonly trainer: Pick<TrainerCommand, 'node' | 'entry'>;
  readonly version: string;
  readonly electron: string | null;
  /**
   * What happens to runs that still wait from an earlier time. `hold`: the queue is paused, since nobody may expect
   * training to begin when the app is opened. `keep`: the core was restarted after a crash, so they go on.
   */
  readonly leftQueue: 'hold' | 'keep';
  readonly patience?: SupervisorPatience;
}

export interface Core {
  readonly handlers: RequestHandlers;
  /** Makes what the first start lacks, empties the bin of old runs, then starts what waits. */
  begin(): Promise<void>;
  /** Starts nothing more, pauses what runs within `patienceMs`, and resolves when no trainer is left. */
  end(patienceMs: number): Promise<void>;
}

/** Puts the parts of a core together on an open store and makes the store tell the truth first. */
export function createCore(options: CoreOptions): Core {
  const { context, startTrainer, trainer, version, electron, leftQueue, patience = supervisorPatience } = options;
  recover(context);
  if (leftQueue === 'hold' && queueEntries(context.db).length > 0) setSetting(context.db, queueModeSetting, 'paused');

  const datasets = openDatasets(context);
  const models = openModels(context);
  const desk: DatasetDesk = {
    ...datasets.desk,
    check: (config) => {
      const task = datasets.desk.check(config);
      if (task.errors.length > 0) return task;
      const start = checkStart(models.desk, config, () => datasets.desk.forTrainer(datasets.desk.factsFor(config)));
      return { ...task, errors: start };
    },
    modelFor: (config) => {
      const start = startModel(config);
      if (start === null) return null;
      const kind = config.model.kind === 'encoder' ? 'encoder' : 'network';
      return models.desk.forTrainer(start.model, { kind, path: start.path });
    },
  };
  const prepared = oncePrepared(datasets.prepare);
  const supervisor: Supervisor = createSupervisor({
    context,
    startTrainer,
    program: trainer,
    datasets: desk,
    onEnded: (how) => scheduler.runEnded(how),
    patience,
  });
  const scheduler: Scheduler = createScheduler(context, supervisor);
  const jobs = createTrainerJobs(startTrainer, trainer);
  const predictor = createWarmPredictor({ startTrainer, program: trainer });
  const handlers = coreHandlers({
    context,
    supervisor,
    scheduler,
    jobs,
    predictor,
    datasets: { ...datasets, desk },
    models,
    version,
    electron,
  });
  return {
    handlers: afterPreparing(handlers, prepared),
    async begin() {
      await prepared();
      await models.prepare();
      await emptyBin(context, 'expired');
      scheduler.startWaiting();
    },
    async end(patienceMs) {
      scheduler.close();
      jobs.close();
      await Promise.all([supervisor.pauseAll(patienceMs), predictor.close(), datasets.close(), models.close()]);
    },
  };
}

/** Runs `prepare` once; after a failure (a full disk) the next call tries again. */
function oncePrepared(prepare: () => Promise<void>): () => Promise<void> {
  let under: Promise<void> | null = null;
  return () => {
    under ??= prepare().catch((error: unknown) => {
      under = null;
      throw error;
    });
    return under;
  };
}

/** The first start draws the built-in datasets for seconds: what needs them waits, everything else answers at once. */
function afterPreparing(handlers: RequestHandlers, prepared: () => Promise<void>): RequestHandlers {
  const entries = Object.entries(handlers).map(([name, handler]) => {
    const answer = handler as (request: unknown) => unknown;
    const patient = (request: unknown) =>
      needsDatasets(name, request) ? prepared().then(() => answer(request)) : answer(request);
    return [name, patient];
  });
  return Object.fromEntries(entries) as RequestHandlers;
}

function needsDatasets(name: string, request: unknown): boolean {
  if (name.startsWith('datasets.') || name === 'runs.evaluate') return true;
  const { config } = { config: undefined, ...(request as { readonly config?: unknown } | null) };
  return isRecord(config) && isRecord(config.task) && 'dataset' in config.task;
}
