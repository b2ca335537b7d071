import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import type { RequestHandlers, RequestOf } from '../../../src/shared/contract/requests.ts';
import { parseFilter } from '../../../src/shared/runs/filter.ts';
import type { Checkpoint, LogEntry, RunSummary } from '../../../src/shared/runs/run.ts';
import { matchesFilter } from './fake-filter.ts';
import type { FakeRun } from './fake-runs.ts';

/** What the stand-in answers of runs without changing any: lists, checkpoints, logs; and of the machine. */

export function listRuns(runs: readonly FakeRun[], asking: RequestOf<'runs.list'>, now: number) {
  const inView = runs
    .map((run) => run.summary)
    .filter((run) =>
      asking.view === 'bin'
        ? run.deletedAt !== null
        : run.deletedAt === null && (run.archived === 'yes') === (asking.view === 'archived'),
    );
  const parsed = parseFilter(asking.filter, now);
  if (!parsed.ok) {
    throw new InnerloopError('invalid-request', `${parsed.error.message} Expected: ${parsed.error.expected}.`);
  }
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

export function checkpointsOf(run: FakeRun, now: number): Checkpoint[] {
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

export function firstLog(run: FakeRun, now: number): LogEntry[] {
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

export const doctorItems: ReturnType<RequestHandlers['app.doctor']> = [
  { key: 'electron', label: 'Electron', value: '45.4.1', verdict: 'ok', remedy: null },
  { key: 'node', label: 'Node', value: '24.21.0', verdict: 'ok', remedy: null },
  { key: 'tensorflow', label: 'TensorFlow', value: '2.21.0', verdict: 'ok', remedy: null },
  { key: 'device', label: 'Device', value: 'CPU, AMD EPYC 7763, 2 cores', verdict: 'ok', remedy: null },
  { key: 'xla', label: 'XLA', value: 'available', verdict: 'ok', remedy: null },
  { key: 'sqlite', label: 'SQLite', value: '3.51.0', verdict: 'ok', remedy: null },
  { key: 'home', label: 'Data folder', value: '/home/you/.local/share/innerloop', verdict: 'ok', remedy: null },
  { key: 'memory', label: 'Memory', value: '7.8 GB', verdict: 'ok', remedy: null },
];
