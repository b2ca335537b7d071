import { type ErrorCode, InnerloopError, toRequestError } from '../../src/shared/contract/errors.ts';
import type { EventName, EventOf } from '../../src/shared/contract/events.ts';
import type { QueueState, RequestHandlers, RequestName, RequestOf } from '../../src/shared/contract/requests.ts';
import type { Answer, InnerloopWindowApi } from '../../src/shared/contract/window.ts';
import type { DatasetSummary, ImportJob } from '../../src/shared/datasets/dataset.ts';
import { parseRunConfig } from '../../src/shared/run-config/complete.ts';
import { groupKeyOf } from '../../src/shared/run-config/grouping.ts';
import { resolveRunName } from '../../src/shared/run-config/naming.ts';
import type { RunConfig } from '../../src/shared/run-config/schema.ts';
import { parseFilter } from '../../src/shared/runs/filter.ts';
import { type Checkpoint, isActive, type LogEntry, type RunSummary } from '../../src/shared/runs/run.ts';
import { fakeClassificationHandlers } from './fake/fake-classification.ts';
import { classesOf, drawnTask, plausibleDatasets, scrawl } from './fake/fake-datasets.ts';
import { matchesFilter } from './fake/fake-filter.ts';
import { evaluationOf, reduceSeries, seriesOf } from './fake/fake-metrics.ts';
import { fakeModelHandlers, plausibleModels } from './fake/fake-models.ts';
import { type FakeRun, fineTunedRuns, manyRuns, plausibleRuns } from './fake/fake-runs.ts';
import { fakeSweepHandlers } from './fake/fake-sweeps.ts';
import { previewOf, textDetail, textPage } from './fake/fake-texts.ts';

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
  let datasets = plausibleDatasets(options.now);
  let mode: QueueState['mode'] = 'open';
  const settings = new Map<string, string>();
  const logs = new Map<string, LogEntry[]>();
  const imports: ImportJob[] = [];
  const listeners = new Map<EventName, Set<(body: never) => void>>();
  const failures = new Map<RequestName, InnerloopError>();
  const asked: FakeCore['asked'] = [];

  const emit: FakeCore['emit'] = (name, body) => {
    for (const listener of listeners.get(name) ?? []) listener(body as never);
  };
  const find = (id: string): FakeRun =>
    runs.find((run) => run.summary.id === id) ?? refuse('not-found', `There is no run "${id}".`);
  const dataset = (idOrName: string): DatasetSummary =>
    datasets.find((each) => each.id === idOrName || each.name === idOrName) ??
    refuse('not-found', `There is no dataset "${idOrName}".`);
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
    'datasets.list': () => datasets,
    'datasets.get': ({ id }) => {
      const summary = dataset(id);
      return {
        summary,
        classes: summary.kind === 'image-classes' ? classesOf(summary.id) : [],
        text: summary.kind === 'text-classes' ? textDetail : null,
      };
    },
    'datasets.thumbnails': ({ classes, example }) => ({
      width: 28,
      height: 28,
      channels: 1,
      pixels: classes.map((index) => scrawl(index, example)),
    }),
    'datasets.texts': textPage,
    'datasets.preview': ({ source, text }) => previewOf(source, text),
    'datasets.import': () => startImport(),
    'datasets.imports': () => imports,
    'datasets.cancel-import': () => null,
    'datasets.await-import': ({ jobId }) =>
      imports.find((job) => job.id === jobId) ?? refuse('not-found', 'There is no such import.'),
    'datasets.split': ({ id }) => {
      const next = { ...dataset(id), version: dataset(id).version + 1 };
      datasets = datasets.map((each) => (each.id === id ? next : each));
      emit('dataset.changed', { dataset: next });
      return next;
    },
    'datasets.rename': ({ id, name }) => {
      const next = { ...dataset(id), name };
      datasets = datasets.map((each) => (each.id === id ? next : each));
      emit('dataset.changed', { dataset: next });
      return next;
    },
    'datasets.verify': ({ id }) => {
      const next = { ...dataset(id), verifiedAt: now() };
      datasets = datasets.map((each) => (each.id === id ? next : each));
      emit('dataset.changed', { dataset: next });
      return next;
    },
    'datasets.remove': ({ id, force }) => {
      const summary = dataset(id);
      if (summary.usedByRuns > 0 && force === 'no') {
        refuse('in-use', `${summary.name} is used by ${summary.usedByRuns} runs.`);
      }
      datasets = datasets.filter((each) => each.id !== id);
      emit('dataset.removed', { id });
      return null;
    },
    ...fakeModelHandlers(options.history === 'empty' ? [] : plausibleModels(options.now), now, emit),
  };

  function addLog(run: FakeRun, level: LogEntry['level'], message: string): void {
    const entries = logOf(run);
    const entry: LogEntry = { seq: entries.length + 1, at: now(), level, message };
    entries.push(entry);
    emit('run.log', { id: run.summary.id, entries: [entry] });
  }

  function startImport(): ImportJob {
    const job: ImportJob = {
      id: `job${imports.length + 1}`,
      name: 'quickdraw-animals',
      source: 'quickdraw-animals.zip',
      stage: 'converting',
      done: 29_352,
      total: 48_000,
      startedAt: now(),
      etaMs: 10_000,
      classes: 48,
      examples: 48_000,
      leftOut: [{ file: 'cat/0193.png', reason: 'cannot be read as a PNG' }],
      leftOutTotal: 3,
      duplicates: 38,
      kind: 'image-classes',
      warnings: [],
      datasetId: null,
      error: null,
    };
    imports.push(job);
    emit('import.progress', { job });
    return job;
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
    failNext: (name, code, message) => failures.set(name, new InnerloopError(code, message)),
    stop: () => clearInterval(timer),
  };
}

function listRuns(runs: readonly FakeRun[], asking: RequestOf<'runs.list'>, now: number) {
  const inView = runs
    .map((run) => run.summary)
    .filter((run) =>
      asking.view === 'bin'
        ? run.deletedAt !== null
        : run.deletedAt === null && (run.archived === 'yes') === (asking.view === 'archived'),
    );
  const parsed = parseFilter(asking.filter, now);
  if (!parsed.ok) return refuse('invalid-request', `${parsed.error.message} Expected: ${parsed.error.expected}.`);
  const { filter } = parsed;
  const matching = filter === null ? inView : inView.filter((run) => matchesFilter(run, filter));
  const sign = asking.sort.order === 'ascending' ? 1 : -1;
  const value = (run: RunSummary): number | string => {
    switch (asking.sort.by) {
      case 'name':
        return run.name;
      case 'duration':
        return run.computeMs;
      case 'best':
        return run.best?.value ?? -1;
      case 'loss':
        return run.trainLoss ?? Number.MAX_VALUE;
      case 'algorithm':
        return run.config.algorithm.kind;
      case 'dataset':
        return run.dataset?.name ?? '';
      case 'seed':
        return run.config.seed;
      case 'state':
        return run.state;
      default:
        return run.createdAt;
    }
  };
  const sorted = [...matching].sort((a, b) => {
    const [left, right] = [value(a), value(b)];
    return left < right ? -sign : left > right ? sign : 0;
  });
  return {
    runs: sorted.slice(asking.offset, asking.offset + asking.limit),
    matching: matching.length,
    total: inView.length,
  };
}

function checkpointsOf(run: FakeRun, now: number): Checkpoint[] {
  const { iteration, best, config } = run.summary;
  const every = config.checkpoints.every;
  const at = new Set<number>();
  for (let step = every; every > 0 && step <= iteration; step += every) at.add(step);
  if (best) at.add(best.iteration);
  if (iteration > 0) at.add(run.summary.state === 'running' ? iteration - (iteration % 500) : iteration);
  const steps = [...at].sort((a, b) => a - b);
  return steps.map((step, index) => ({
    id: `${run.summary.id}-c${step}`,
    runId: run.summary.id,
    iteration: step,
    createdAt: now - (steps.length - index) * 600_000,
    bytes: 1_402_880,
    sha256: `${step.toString(16)}`.padStart(64, 'a'),
    roles: [
      ...(step === best?.iteration ? (['best'] as const) : []),
      ...(index === steps.length - 1 ? (['last'] as const) : []),
      ...(every > 0 && step % every === 0 ? (['periodic'] as const) : []),
    ],
    validation: best?.value ?? null,
  }));
}

function firstLog(run: FakeRun, now: number): LogEntry[] {
  const { iteration, trainLoss, failure } = run.summary;
  if (iteration === 0) return [];
  const lines: [LogEntry['level'], string][] = [
    ['info', 'graph recorded in 2.1 s: 1,312 operations, 8 steps a call'],
    ['info', `iteration 100 · loss ${(run.curves.start * 0.8).toFixed(3)} · 2.9 it/s`],
    ['eval', 'validation at 500: 61.4 ± 0.8 % · 100 episodes · 4.1 s'],
    ['save', 'checkpoint 500, best so far · 1.4 MB · 0.06 s'],
  ];
  for (let index = 20; index >= 1; index--) {
    const step = Math.max(600, iteration - index * 250);
    lines.push(['info', `iteration ${step} · loss ${(trainLoss ?? 1).toFixed(3)} · 2.9 it/s`]);
    if (index % 4 === 0) lines.push(['eval', `validation at ${step}: 95.1 ± 0.3 % · 100 episodes · 4.3 s`]);
    if (index === 6) lines.push(['warn', `one task of 16 skipped at ${step}: support loss was not finite`]);
    if (index % 5 === 0) lines.push(['save', `checkpoint ${step} · 1.4 MB · 0.06 s`]);
  }
  if (failure) lines.push(['error', failure.message]);
  return lines.map(([level, message], index) => ({
    seq: index + 1,
    at: now - (lines.length - index) * 41_000,
    level,
    message,
  }));
}

const doctorItems: ReturnType<RequestHandlers['app.doctor']> = [
  { key: 'electron', label: 'Electron', value: '45.4.1', verdict: 'ok', remedy: null },
  { key: 'node', label: 'Node', value: '24.21.0', verdict: 'ok', remedy: null },
  { key: 'tensorflow', label: 'TensorFlow', value: '2.21.0', verdict: 'ok', remedy: null },
  { key: 'device', label: 'Device', value: 'CPU, AMD EPYC 7763, 2 cores', verdict: 'ok', remedy: null },
  { key: 'xla', label: 'XLA', value: 'available', verdict: 'ok', remedy: null },
  { key: 'sqlite', label: 'SQLite', value: '3.51.0', verdict: 'ok', remedy: null },
  { key: 'home', label: 'Data folder', value: '/home/you/.local/share/innerloop', verdict: 'ok', remedy: null },
  { key: 'memory', label: 'Memory', value: '7.8 GB', verdict: 'ok', remedy: null },
];
