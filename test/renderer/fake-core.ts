import { type ErrorCode, InnerloopError, toRequestError } from '../../src/shared/contract/errors.ts';
import type { EventName, EventOf } from '../../src/shared/contract/events.ts';
import type { QueueState, RequestHandlers, RequestName, RequestOf } from '../../src/shared/contract/requests.ts';
import type { Answer, InnerloopWindowApi } from '../../src/shared/contract/window.ts';
import { parseRunConfig } from '../../src/shared/run-config/complete.ts';
import { groupKeyOf } from '../../src/shared/run-config/grouping.ts';
import { resolveRunName } from '../../src/shared/run-config/naming.ts';
import type { RunConfig } from '../../src/shared/run-config/schema.ts';
import { isActive, type LogEntry, type RunSummary } from '../../src/shared/runs/run.ts';
import { fakeClassificationHandlers } from './fake/fake-classification.ts';
import { fakeDatasetHandlers } from './fake/fake-dataset-handlers.ts';
import { drawnTask, plausibleDatasets } from './fake/fake-datasets.ts';
import { evaluationOf, reduceSeries, seriesOf } from './fake/fake-metrics.ts';
import { fakeModelHandlers, plausibleModels } from './fake/fake-models.ts';
import { fakeRowAndClipHandlers } from './fake/fake-rows-and-clips.ts';
import { checkpointsOf, doctorItems, firstLog, listRuns } from './fake/fake-run-views.ts';
import { type FakeRun, fineTunedRuns, manyRuns, plausibleRuns } from './fake/fake-runs.ts';
import { fakeSweepHandlers } from './fake/fake-sweeps.ts';

/**
 * An in-page stand-in for the core, for looking at pages in a plain browser. Its runs and numbers are made up.
 * Only for development and tests; nothing of the app imports it.
 */
export interface FakeOptions {
  readonly now: number;
  /** `empty` for the first start, or a number of runs. */
  readonly history: 'plausible' | 'empty' | 'fine-tuned' | number;
  /** Whether the running run goes on by itself. */
  readonly live: 'yes' | 'no';
  readonly platform?: InnerloopWindowApi['platform'];
}

export interface FakeCore {
  readonly api: InnerloopWindowApi;
  emit<Name extends EventName>(name: Name, body: EventOf<Name>): void;
  /** The next request of this name fails so. */
  failNext(name: RequestName, code: ErrorCode, message: string): void;
  /** Requests of this name get their answer when `letGo` is called. */
  hold(name: RequestName): void;
  letGo(name: RequestName): void;
  /** Every request made so far, for tests. */
  readonly asked: { readonly name: RequestName; readonly body: unknown }[];
  /** Moves the running runs on by so many iterations. */
  advance(iterations: number): void;
  stop(): void;
}

const refuse = (code: ErrorCode, message: string): never => {
  throw new InnerloopError(code, message);
};

export function createFakeCore(options: FakeOptions): FakeCore {
  const now = options.live === 'yes' ? () => Date.now() : () => options.now;
  const runs: FakeRun[] =
    options.history === 'empty'
      ? []
      : options.history === 'plausible'
        ? plausibleRuns(options.now)
        : options.history === 'fine-tuned'
          ? fineTunedRuns(options.now)
          : manyRuns(options.history, options.now);
  let mode: QueueState['mode'] = 'open';
  const settings = new Map<string, string>();
  const logs = new Map<string, LogEntry[]>();
  const listeners = new Map<EventName, Set<(body: never) => void>>();
  const failures = new Map<RequestName, InnerloopError>();
  const held = new Map<RequestName, { readonly until: Promise<void>; readonly letGo: () => void }>();
  const asked: FakeCore['asked'] = [];

  const emit: FakeCore['emit'] = (name, body) => {
    for (const listener of listeners.get(name) ?? []) listener(body as never);
  };
  const find = (id: string): FakeRun =>
    runs.find((run) => run.summary.id === id) ?? refuse('not-found', `There is no run "${id}".`);
  const change = (run: FakeRun, part: Partial<RunSummary>): void => {
    run.summary = { ...run.summary, ...part };
    emit('run.changed', { run: run.summary });
  };
  const queued = (): FakeRun[] =>
    runs
      .filter((run) => run.summary.state === 'queued' && run.summary.deletedAt === null)
      .sort((a, b) => (a.summary.queuePosition ?? 0) - (b.summary.queuePosition ?? 0));
  const queueRun = (config: RunConfig): string => {
    const template = runs[0] ?? plausibleRuns(options.now)[0]!;
    const number = runs.length + 1;
    const run: FakeRun = {
      curves: template.curves,
      summary: {
        ...template.summary,
        id: `n${number}`,
        number,
        config,
        name: resolveRunName(config),
        groupKey: groupKeyOf(config),
        state: 'queued',
        dataset: null,
        createdAt: now(),
        startedAt: null,
        endedAt: null,
        iteration: 0,
        computeMs: 0,
        best: null,
        final: null,
        untrained: null,
        trainLoss: null,
        sparkline: [],
        engine: null,
        queuePosition: queued().length + 1,
      },
    };
    runs.push(run);
    emit('run.changed', { run: run.summary });
    emit('queue.changed', { queue: queue() });
    return run.summary.id;
  };
  const queue = (): QueueState => ({
    running: runs.filter((run) => isActive(run.summary.state)).map((run) => run.summary.id),
    queued: queued().map((run) => run.summary.id),
    mode,
    estimatedMs: queued().length * 3_600_000,
  });
  const renumber = (order: readonly FakeRun[]): void => {
    order.forEach((run, index) => {
      if (run.summary.queuePosition !== index + 1) change(run, { queuePosition: index + 1 });
    });
    emit('queue.changed', { queue: queue() });
  };
  const logOf = (run: FakeRun): LogEntry[] => {
    const known = logs.get(run.summary.id);
    if (known) return known;
    const made = firstLog(run, options.now);
    logs.set(run.summary.id, made);
    return made;
  };

  const handlers: RequestHandlers = {
    'app.info': () => ({
      version: '0.1.0',
      home: '/home/you/.local/share/innerloop',
      coreNode: 'v24.21.0',
      firstStart: runs.length === 0 ? 'yes' : 'no',
    }),
    'app.doctor': () => doctorItems,
    'settings.get': () => Object.fromEntries(settings),
    'settings.set': ({ key, value }) => {
      settings.set(key, value);
      return null;
    },
    'bench.measure': () => refuse('internal', 'The stand-in measures nothing.'),
    'bench.cancel': () => null,
    'engine.measure': () => refuse('internal', 'The stand-in measures nothing.'),
    'engine.remember': () => null,
    'config.check': ({ config }) => {
      const parsed = parseRunConfig(config);
      if (!parsed.ok)
        return { errors: [...parsed.errors], advice: [], name: null, estimate: null, memory: null, existing: [] };
      return {
        errors: [],
        advice: [
          {
            path: 'inner.lossReduction',
            level: 'info',
            message: 'The code of Finn 2017 sums the inner loss over classes.',
          },
          { path: 'task.dataset', level: 'ok', message: 'Splits are class-disjoint.' },
        ],
        name: resolveRunName(parsed.config),
        estimate: { durationMs: 1_260_000, source: 'measured on 3 similar runs' },
        memory: {
          peakBytes: 1.15e9,
          freeBytes: 12e9,
          source:
            'program and graphs 0.90 GB, parameters and data 0.01 GB, 4 tasks at once 0.24 GB; an upper bound for the CPU',
        },
        existing: runs.filter((run) => run.summary.groupKey === groupKeyOf(parsed.config)).map((run) => run.summary.id),
      };
    },
    'config.draw-task': ({ config, skip }) => {
      const parsed = parseRunConfig(config);
      if (!parsed.ok || parsed.config.task.kind !== 'image-classes') return null;
      const { way, shot, query } = parsed.config.task;
      return drawnTask(way, shot, query, skip);
    },
    'runs.list': (asking) => listRuns(runs, asking, now()),
    'runs.get': ({ id }) => find(id).summary,
    'runs.launch': ({ config, seeds }) => {
      const parsed = parseRunConfig(config);
      if (!parsed.ok)
        throw new InnerloopError('invalid-config', 'The config has wrong fields.', { fields: [...parsed.errors] });
      return { ids: seeds.map((seed) => queueRun({ ...parsed.config, seed })) };
    },
    ...fakeSweepHandlers(() => runs.map(({ summary }) => summary), queueRun),
    'runs.pause': ({ id }) => {
      change(find(id), { state: 'paused', phase: null, resumable: 'yes', etaMs: null, iterationsPerSecond: null });
      return null;
    },
    'runs.resume': ({ id }) => {
      change(find(id), { state: 'running', phase: 'training', failure: null, iterationsPerSecond: 2.9 });
      return null;
    },
    'runs.stop': ({ id }) => {
      change(find(id), { state: 'stopped', phase: null, etaMs: null, endedAt: now(), iterationsPerSecond: null });
      return null;
    },
    'runs.checkpoint': ({ id }) => {
      const run = find(id);
      addLog(run, 'save', `checkpoint ${run.summary.iteration} · 1.4 MB · 0.06 s`);
      return null;
    },
    'runs.edit': ({ ids, change: edit }) => {
      for (const id of ids) {
        const run = find(id);
        const tags = new Set(run.summary.config.tags);
        if (edit.addTag) tags.add(edit.addTag);
        if (edit.removeTag) tags.delete(edit.removeTag);
        change(run, {
          ...(edit.name === undefined ? {} : { name: edit.name }),
          ...(edit.starred ? { starred: edit.starred } : {}),
          ...(edit.archived ? { archived: edit.archived } : {}),
          config: {
            ...run.summary.config,
            tags: [...tags],
            ...(edit.note === undefined ? {} : { note: edit.note }),
          },
        });
      }
      return null;
    },
    'runs.delete': ({ ids }) => {
      for (const id of ids) {
        const run = find(id);
        if (isActive(run.summary.state)) refuse('wrong-state', `${run.summary.name} is running. Stop it first.`);
        change(run, { deletedAt: now() });
      }
      return null;
    },
    'runs.restore': ({ ids }) => {
      for (const id of ids) change(find(id), { deletedAt: null });
      return null;
    },
    'runs.empty-bin': () => {
      const gone = runs.filter((run) => run.summary.deletedAt !== null);
      for (const run of gone) runs.splice(runs.indexOf(run), 1);
      emit('run.removed', { ids: gone.map((run) => run.summary.id) });
      return { removed: gone.length };
    },
    'runs.metrics': ({ id, keys, from, to, buckets }) => {
      const run = find(id);
      const series = seriesOf(run.summary, run.curves);
      const wanted = keys.length > 0 ? keys : [...series.keys()];
      return {
        series: wanted.flatMap((key) => {
          const stored = series.get(key);
          return stored ? [reduceSeries(key, stored, { from, to, buckets })] : [];
        }),
      };
    },
    'runs.log': ({ id, after, limit }) => {
      const entries = logOf(find(id));
      return { entries: entries.filter((entry) => entry.seq > after).slice(0, limit), total: entries.length };
    },
    'runs.evaluations': ({ id }) => {
      const run = find(id);
      const { every } = run.summary.config.evaluation;
      const count = every > 0 ? Math.floor(run.summary.iteration / every) : 0;
      const validations = Array.from({ length: count }, (_, index) =>
        evaluationOf(run.summary, run.curves, 'validation', (index + 1) * every, options.now),
      );
      return [...validations, ...[run.summary.final, run.summary.untrained].filter((each) => each !== null)];
    },
    'runs.checkpoints': ({ id }) => checkpointsOf(find(id), options.now),
    'runs.evaluate': ({ id }) => {
      const run = find(id);
      return evaluationOf(run.summary, run.curves, 'requested', run.summary.iteration, now());
    },
    ...fakeClassificationHandlers((id) => find(id).summary),
    'queue.get': () => queue(),
    'queue.move': ({ id, position }) => {
      const order = queued();
      const run = find(id);
      order.splice(order.indexOf(run), 1);
      order.splice(position - 1, 0, run);
      renumber(order);
      return null;
    },
    'queue.cancel': ({ ids }) => {
      for (const id of ids) change(find(id), { state: 'stopped', queuePosition: null, endedAt: now() });
      renumber(queued());
      return null;
    },
    'queue.set-mode': (asking) => {
      mode = asking.mode;
      emit('queue.changed', { queue: queue() });
      return null;
    },
    ...fakeRowAndClipHandlers,
    ...fakeDatasetHandlers(plausibleDatasets(options.now), now, emit),
    ...fakeModelHandlers(options.history === 'empty' ? [] : plausibleModels(options.now), now, emit),
  };

  function addLog(run: FakeRun, level: LogEntry['level'], message: string): void {
    const entries = logOf(run);
    const entry: LogEntry = { seq: entries.length + 1, at: now(), level, message };
    entries.push(entry);
    emit('run.log', { id: run.summary.id, entries: [entry] });
  }

  const advance = (iterations: number): void => {
    for (const run of runs.filter((each) => each.summary.state === 'running')) {
      const before = run.summary.iteration;
      const total = run.summary.config.outer.iterations;
      const iteration = Math.min(total, before + iterations);
      const grown = seriesOf({ ...run.summary, iteration }, run.curves);
      const points = Object.fromEntries(
        [...grown].map(([key, { steps, values }]) => [
          key,
          steps.flatMap((step, index): [number, number][] => (step > before ? [[step, values[index]!]] : [])),
        ]),
      );
      emit('run.points', { id: run.summary.id, points });
      change(run, {
        iteration,
        computeMs: run.summary.computeMs + 500,
        trainLoss: grown.get('train/loss')?.values.at(-1) ?? null,
        etaMs: (run.summary.etaMs ?? 0) - 500,
      });
    }
  };
  const timer = options.live === 'yes' ? setInterval(() => advance(40), 500) : undefined;

  async function answer<Name extends RequestName>(name: Name, body: RequestOf<Name>) {
    asked.push({ name, body });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await held.get(name)?.until;
    const failure = failures.get(name);
    failures.delete(name);
    try {
      if (failure) throw failure;
      const handler = handlers[name] as (request: RequestOf<Name>) => unknown;
      return { ok: true, body: structuredClone(await handler(body)) };
    } catch (thrown) {
      return { ok: false, error: toRequestError(thrown) };
    }
  }

  const api: InnerloopWindowApi = {
    request: (name, body) => answer(name, body) as Promise<Answer<never>>,
    importDataset: (body) => answer('datasets.import', { ...body, source: body.token }) as Promise<Answer<never>>,
    previewSource: ({ token, ...body }) =>
      answer('datasets.preview', { ...body, source: token }) as Promise<Answer<never>>,
    pickSource: async (what) => {
      const name = { file: 'mails.csv', folder: 'images', model: 'all-MiniLM-L12-v2' }[what];
      return { token: name, name };
    },
    importModel: ({ token, ...body }) => answer('models.import', { ...body, source: token }) as Promise<Answer<never>>,
    exportRun: ({ suggestedName, ...body }) =>
      answer('runs.export', { ...body, to: `/exports/${suggestedName}` }) as Promise<Answer<never>>,
    acceptDropped: async (file) => ({ token: (file as File).name, name: (file as File).name }),
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      known.add(listener as (body: never) => void);
      listeners.set(name, known);
      return () => known.delete(listener as (body: never) => void);
    },
    openDataFolder: async () => undefined,
    saveAs: async () => 'saved',
    setTheme: async () => undefined,
    platform: options.platform ?? 'linux',
  };
  return {
    api,
    emit,
    asked,
    advance,
    hold: (name) => {
      let letGo = (): void => undefined;
      const until = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      held.set(name, { until, letGo: () => letGo() });
    },
    letGo: (name) => {
      held.get(name)?.letGo();
      held.delete(name);
    },
    failNext: (name, code, message) => failures.set(name, new InnerloopError(code, message)),
    stop: () => clearInterval(timer),
  };
}
