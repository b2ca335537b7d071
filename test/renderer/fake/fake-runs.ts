import { createRandom } from '../../../src/shared/random/random.ts';
import { parseRunConfig } from '../../../src/shared/run-config/complete.ts';
import { groupKeyOf } from '../../../src/shared/run-config/grouping.ts';
import { resolveRunName } from '../../../src/shared/run-config/naming.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import type { RunConfig } from '../../../src/shared/run-config/schema.ts';
import { settleConfig } from '../../../src/shared/run-config/settle.ts';
import type { EngineFacts, RunState, RunSummary } from '../../../src/shared/runs/run.ts';
import { type Curves, evaluationOf, seriesOf } from './fake-metrics.ts';

/** Runs in every state, over a few configs and seeds. */

export interface FakeRun {
  summary: RunSummary;
  readonly curves: Curves;
}

interface Recipe {
  readonly config: RunConfig;
  readonly curves: Curves;
  readonly seeds: readonly number[];
  readonly tags: readonly string[];
  readonly hoursAgo: number;
  readonly hours: number;
  /** States of single seeds; completed where it says nothing. */
  readonly states?: Readonly<Record<number, RunState>>;
  readonly starred?: readonly number[];
}

const hour = 3_600_000;

export const omniglotFacts = { id: 'd2', name: 'omniglot', version: 3, digest: '9f3c41e8d07a' } as const;
export const glyphsFacts = { id: 'd1', name: 'glyphs', version: 1, digest: '41b07c2da553' } as const;

function configFrom(preset: string, change: Readonly<Record<string, unknown>>): RunConfig {
  const base = presetById(preset).config as unknown as Record<string, Record<string, unknown>>;
  const merged = Object.fromEntries(
    Object.entries({ ...base, ...change }).map(([key, value]) => {
      const given = change[key];
      const mergeable = typeof given === 'object' && given !== null && !Array.isArray(given);
      return [key, mergeable ? { ...base[key], ...given } : value];
    }),
  );
  const parsed = parseRunConfig(merged);
  if (!parsed.ok) throw new Error(parsed.errors.map((error) => error.message).join(' '));
  return parsed.config;
}

const omniglot = (way: number, shot: number, rest: Readonly<Record<string, unknown>> = {}): RunConfig =>
  configFrom(way === 20 ? 'finn-omniglot-20w1s' : 'finn-omniglot-5w1s', {
    ...rest,
    task: { dataset: 'omniglot', way, shot },
  });

const few = (accuracy: number, chance: number, noise = 0.16): Curves => ({
  start: -Math.log(chance),
  end: (1 - accuracy) * 3.1,
  noise,
  accuracy,
  chance,
});

const wave = (end: number): Curves => ({ start: 3.6, end, noise: 0.2, accuracy: null, chance: 0 });

function recipes(): readonly Recipe[] {
  const oneToFive = [1, 2, 3, 4, 5];
  return [
    {
      config: configFrom('finn-sinusoid', { name: 'maml-sine-10p-s{seed}', outer: { iterations: 70_000 } }),
      curves: wave(0.31),
      seeds: oneToFive,
      tags: ['table 1'],
      hoursAgo: 130,
      hours: 0.16,
    },
    {
      config: configFrom('finn-sinusoid', { name: 'fomaml-sine-10p-s{seed}', algorithm: { kind: 'fomaml' } }),
      curves: wave(0.42),
      seeds: [1, 2, 3],
      tags: ['table 1'],
      hoursAgo: 128,
      hours: 0.11,
    },
    {
      config: omniglot(5, 1, { name: 'maml-omni-5w1s-s{seed}', engine: { mode: 'eager' } }),
      curves: few(0.987, 0.2),
      seeds: oneToFive,
      tags: ['table 2', 'paper'],
      hoursAgo: 100,
      hours: 2.4,
      starred: [1],
    },
    {
      config: omniglot(5, 1, { name: 'fomaml-omni-5w1s-s{seed}', algorithm: { kind: 'fomaml' } }),
      curves: few(0.982, 0.2),
      seeds: oneToFive,
      tags: ['table 2'],
      hoursAgo: 80,
      hours: 1.5,
    },
    {
      config: omniglot(20, 1, { name: 'maml-omni-20w1s-s{seed}' }),
      curves: few(0.953, 0.05),
      seeds: oneToFive,
      tags: ['table 2', 'paper'],
      hoursAgo: 70,
      hours: 5.75,
      starred: [1, 2, 3, 4, 5],
      states: { 3: 'failed', 4: 'interrupted' },
    },
    {
      config: omniglot(20, 1, { name: 'fomaml-omni-20w1s-s{seed}', algorithm: { kind: 'fomaml' } }),
      curves: few(0.897, 0.05),
      seeds: [1, 2, 3],
      tags: ['table 2'],
      hoursAgo: 30,
      hours: 2,
      states: { 3: 'stopped' },
    },
    {
      config: configFrom('quick-glyphs', { seed: 1 }),
      curves: few(0.931, 0.2),
      seeds: [1],
      tags: [],
      hoursAgo: 24,
      hours: 0.09,
    },
    {
      config: omniglot(20, 1, { name: 'maml-omni-20w1s-ilr0.05-s{seed}', inner: { rate: 0.05 } }),
      curves: few(0.941, 0.05),
      seeds: [1, 2],
      tags: ['rate study'],
      hoursAgo: 14,
      hours: 5.7,
      states: { 2: 'paused' },
    },
    {
      config: omniglot(20, 1, { name: 'maml-omni-20w1s-ilr0.5-s{seed}', inner: { rate: 0.5 } }),
      curves: few(0.952, 0.05),
      seeds: oneToFive,
      tags: ['rate study'],
      hoursAgo: 12,
      hours: 5.75,
      states: { 3: 'running', 4: 'queued', 5: 'queued' },
      starred: [3],
    },
    {
      config: configFrom('quick-sinusoid', { seed: 1 }),
      curves: wave(0.9),
      seeds: [1],
      tags: [],
      hoursAgo: 0.2,
      hours: 0.02,
      states: { 1: 'queued' },
    },
  ];
}

const engine = (config: RunConfig): EngineFacts => ({
  mode: config.engine.mode === 'eager' ? 'eager' : 'compiled',
  reason: config.engine.mode === 'eager' ? 'asked for in the config' : null,
  device: 'cpu',
  deviceName: 'AMD EPYC, 2 cores',
  xla: config.model.kind === 'mlp' ? 'on' : 'off',
  taskBatching: config.model.kind === 'mlp' ? 'batched' : 'looped',
  stepsPerCall: config.model.kind === 'mlp' ? 8 : 1,
  operations: 1312,
  recordMs: 2140,
  parameters: config.model.kind === 'mlp' ? 1761 : 113_236,
  tensorflow: '2.21.0',
});

const shareDone: Readonly<Record<RunState, number>> = {
  queued: 0,
  starting: 0,
  running: 0.637,
  pausing: 0.637,
  stopping: 0.637,
  paused: 0.41,
  completed: 1,
  stopped: 0.72,
  interrupted: 0.78,
  failed: 0.14,
};

function build(recipe: Recipe, seed: number, number: number, now: number, queuePosition: number | null): FakeRun {
  const state = recipe.states?.[seed] ?? 'completed';
  const config: RunConfig = { ...recipe.config, seed, tags: [...recipe.tags] };
  const done = shareDone[state];
  const createdAt = now - recipe.hoursAgo * hour + seed * 60_000;
  const startedAt = state === 'queued' ? null : createdAt + seed * recipe.hours * 900_000;
  const computeMs = done * recipe.hours * hour;
  const iteration = Math.floor(config.outer.iterations * done);
  const dataset =
    config.task.kind !== 'image-classes' ? null : config.task.dataset === 'glyphs' ? glyphsFacts : omniglotFacts;
  const random = createRandom(number, 'fake-run');
  const blank: RunSummary = {
    id: `r${String(number).padStart(4, '0')}`,
    number,
    name: resolveRunName(config),
    state,
    phase: state === 'running' ? 'training' : null,
    config,
    groupKey: groupKeyOf(config),
    dataset,
    createdAt,
    startedAt,
    endedAt: done === 0 || state === 'running' || state === 'paused' ? null : (startedAt ?? 0) + computeMs,
    computeMs,
    iteration,
    iterationsPerSecond: state === 'running' ? 2.9 : null,
    etaMs: state === 'running' ? (1 - done) * recipe.hours * hour : null,
    trainLoss: null,
    best: null,
    final: null,
    untrained: null,
    engine: state === 'queued' ? null : engine(config),
    sparkline: [],
    failure: null,
    resumable: ['paused', 'interrupted', 'failed', 'stopped'].includes(state) ? 'yes' : 'no',
    starred: recipe.starred?.includes(seed) ? 'yes' : 'no',
    archived: 'no',
    deletedAt: null,
    queuePosition,
  };
  const jitter = 1 + 0.25 * random.normal() * (1 - (recipe.curves.accuracy ?? 0.9));
  const curves: Curves = {
    ...recipe.curves,
    end: recipe.curves.end * jitter,
    accuracy: recipe.curves.accuracy === null ? null : Math.min(0.999, recipe.curves.accuracy * (2 - jitter) ** 0.2),
  };
  return { summary: withResults(blank, curves, now), curves };
}

/** Fills what follows from the curves: last loss, best validation, final result, sparkline, failure. */
function withResults(run: RunSummary, curves: Curves, now: number): RunSummary {
  if (run.iteration === 0) return run;
  const series = seriesOf(run, curves);
  const train = series.get('train/loss')!;
  const stride = Math.max(1, Math.floor(train.values.length / 40));
  const sparkline = train.values.filter((_, index) => index % stride === 0).slice(0, 40);
  const key = curves.accuracy === null ? 'validation/loss' : 'validation/accuracy';
  const validation = series.get(key);
  const better = (a: number, b: number): boolean => (curves.accuracy === null ? a < b : a > b);
  const bestIndex = validation?.values.reduce(
    (best, value, index, all) => (better(value, all[best]!) ? index : best),
    0,
  );
  const finished = run.state === 'completed';
  return {
    ...run,
    sparkline,
    trainLoss: run.state === 'failed' ? Number.NaN : train.values.at(-1)!,
    best:
      validation && bestIndex !== undefined
        ? {
            metric: curves.accuracy === null ? 'loss' : 'accuracy',
            value: validation.values[bestIndex]!,
            ci95: series.get(`${key}-ci95`)!.values[bestIndex]!,
            iteration: validation.steps[bestIndex]!,
          }
        : null,
    final: finished ? evaluationOf(run, curves, 'final', run.iteration, now) : null,
    untrained: finished ? evaluationOf(run, curves, 'untrained', 0, now) : null,
    failure:
      run.state === 'failed'
        ? {
            code: 'not-finite',
            message:
              'Loss became NaN at iteration 8,412, in task 3 after inner step 4. Lower the inner rate or clip gradients, then resume from 5,000.',
            detail: null,
          }
        : null,
  };
}

/** The plausible history. */
export function plausibleRuns(now: number): FakeRun[] {
  const runs: FakeRun[] = [];
  let queued = 0;
  for (const recipe of recipes()) {
    for (const seed of recipe.seeds) {
      const waits = recipe.states?.[seed] === 'queued';
      if (waits) queued++;
      runs.push(build(recipe, seed, runs.length + 1, now, waits ? queued : null));
    }
  }
  return runs;
}

const textsFacts = { id: 'd-mails', name: 'mails', version: 1, digest: '5be90a77' } as const;

/** Of those runs that were not trained on texts. */
const otherTasks: Readonly<Record<string, RunConfig['task']>> = {
  tumours: { kind: 'table-classes', dataset: 'mails', perClass: 0 },
  digits: { kind: 'audio-classes', dataset: 'mails', perClass: 0, features: 'log-mel', bands: 40 },
  letters: imageExamples(),
};

function imageExamples(): RunConfig['task'] {
  return presetById('fine-tune-images').config.task;
}

/** Runs that were fine-tuned on texts, and on rows, clips and images; fake-classification.ts has their predictions, by these names. */
export function fineTunedRuns(now: number): FakeRun[] {
  const names = ['emotions', 'mails', 'intents', 'topics', 'toxic', 'tumours', 'digits', 'letters'];
  return names.map((name, index) => {
    const asked = configFrom('fine-tune-text', {
      ...{ name: `${name}-s{seed}`, task: { dataset: 'mails' } },
      model: { start: { kind: 'pretrained', model: 'MiniLM' } },
      algorithm: { epochs: 4, batch: 32 },
    });
    const settled = settleConfig(asked, { train: 16_000, validation: 2000, test: 2000 });
    const config = { ...settled, task: otherTasks[name] ?? settled.task };
    const recipe = { config, curves: few(0.934, 0.2), seeds: [1], tags: [], hoursAgo: 3, hours: 0.15 };
    const { summary, curves } = build(recipe, 1, index + 1, now, null);
    const texts = (evaluation: RunSummary['final']): RunSummary['final'] =>
      evaluation && {
        ...evaluation,
        protocol: { ...evaluation.protocol, split: 'test', dataset: textsFacts, innerSteps: 0 },
      };
    return {
      curves,
      summary: {
        ...{ ...summary, dataset: textsFacts, final: texts(summary.final), untrained: texts(summary.untrained) },
        engine: { ...engine(config), parameters: 22_713_600 },
      },
    };
  });
}

/** So many completed runs, to see how the table bears them. */
export function manyRuns(count: number, now: number): FakeRun[] {
  const base = recipes()[3]!;
  const template = build(base, 1, 1, now, null);
  return Array.from({ length: count }, (_, index) => {
    const seed = (index % 5) + 1;
    const group = Math.floor(index / 5);
    const config: RunConfig = {
      ...template.summary.config,
      seed,
      name: `study-${String(group).padStart(4, '0')}-s${seed}`,
      inner: { ...template.summary.config.inner, rate: Number((0.01 + group / 10_000).toFixed(4)) },
    };
    const createdAt = now - (count - index) * 60_000;
    return {
      curves: template.curves,
      summary: {
        ...template.summary,
        id: `r${String(index + 1).padStart(6, '0')}`,
        number: index + 1,
        name: config.name,
        config,
        groupKey: groupKeyOf(config),
        createdAt,
        startedAt: createdAt,
        endedAt: createdAt + template.summary.computeMs,
      },
    };
  });
}
