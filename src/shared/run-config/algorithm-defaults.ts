import { algorithmLabels } from './algorithm-facts.ts';
import { defaultsOfKind } from './kind-defaults.ts';
import type { Preset } from './presets.ts';
import { isRecord } from './record.ts';
import type { AlgorithmConfig, RunConfig } from './schema.ts';

/**
 * What each algorithm's own paper takes where that is not what its task's preset says (Finn 2017). A preset with another
 * algorithm than its own is that preset with these values in it.
 */

interface Cited {
  /** Stands beside each of the values. */
  readonly source: string;
  /** By field path; parts with a kind whole. */
  readonly values: Readonly<Record<string, unknown>>;
}

interface AlgorithmDefaults {
  readonly anyTask?: readonly Cited[];
  /** Mostly those of Omniglot. */
  readonly imageClasses?: readonly Cited[];
  readonly sinusoid?: readonly Cited[];
}

const house = 'Innerloop';

/** FOMAML and ANIL (Raghu 2020) take the values of MAML. */
const defaults: Readonly<Partial<Record<AlgorithmConfig['kind'], AlgorithmDefaults>>> = {
  boil: {
    imageClasses: [
      { source: 'Oh 2021, code', values: { 'inner.rate': 0.5, 'inner.steps': 1, 'evaluation.testSteps': 1 } },
    ],
  },
  'meta-sgd': {
    anyTask: [
      {
        source: 'Li 2017',
        values: {
          'algorithm.lowestRate': 0.005,
          'algorithm.highestRate': 0.1,
          'inner.steps': 1,
          'evaluation.testSteps': 1,
        },
      },
    ],
    sinusoid: [{ source: 'Li 2017', values: { 'outer.metaBatch': 4, 'outer.iterations': 60_000 } }],
  },
  'proto-net': {
    imageClasses: [
      {
        source: 'Snell 2017',
        values: { 'algorithm.trainWay': 60, 'algorithm.trainQuery': 5, 'outer.metaBatch': 1 },
      },
    ],
  },
  'maml-plus-plus': {
    anyTask: [
      {
        source: 'Antoniou 2019, code',
        values: {
          'algorithm.perStepRates': 'on',
          'algorithm.perStepNorm': 'on',
          'algorithm.multiStepShare': 0.1,
          'algorithm.firstOrderShare': 0,
          'inner.steps': 5,
          'evaluation.testSteps': 5,
        },
      },
    ],
    imageClasses: [
      {
        source: 'Antoniou 2019, code',
        values: {
          'inner.rate': 0.1,
          'outer.metaBatch': 8,
          'outer.iterations': 50_000,
          'outer.schedule': { kind: 'cosine', finalRate: 0.00001 },
        },
      },
    ],
  },
  imaml: {
    anyTask: [
      {
        source: 'Rajeswaran 2019, code',
        values: {
          'algorithm.lambda': 2,
          'algorithm.damping': 1,
          'algorithm.solverSteps': 5,
          'inner.steps': 16,
          'evaluation.testSteps': 16,
        },
      },
    ],
    imageClasses: [
      {
        source: 'Rajeswaran 2019, code',
        values: { 'inner.rate': 0.1, 'outer.metaBatch': 32, 'outer.iterations': 20_000 },
      },
    ],
  },
  reptile: {
    imageClasses: [
      {
        source: 'Nichol 2018, 5-way',
        values: {
          'algorithm.perClass': 2, // batches of 10 in 5-way tasks
          'algorithm.trainShot': 10,
          'inner.optimizer': 'adam',
          'inner.rate': 0.001,
          'inner.steps': 5,
          'outer.optimizer': 'sgd',
          'outer.rate': 1,
          'outer.schedule': { kind: 'linear', finalRate: 0 },
          'outer.metaBatch': 5,
          'outer.iterations': 100_000,
          'evaluation.testSteps': 50,
        },
      },
    ],
    sinusoid: [
      {
        source: 'Nichol 2018, blog',
        values: {
          'algorithm.perClass': 10,
          'algorithm.trainShot': 50,
          'inner.rate': 0.02,
          'inner.steps': 5,
          'outer.optimizer': 'sgd',
          'outer.rate': 0.1,
          'outer.schedule': { kind: 'linear', finalRate: 0 },
          'outer.metaBatch': 1,
          'outer.iterations': 30_000,
          'evaluation.testSteps': 32,
        },
      },
    ],
  },
  pretrain: {
    imageClasses: [
      {
        source: 'Chen 2019', // whose momentum is damped by 0.9 besides
        values: { 'inner.optimizer': 'momentum', 'inner.rate': 0.01, 'evaluation.testSteps': 100 },
      },
    ],
  },
  'from-scratch': {
    anyTask: [{ source: house, values: { 'outer.iterations': 1, 'evaluation.every': 0, 'evaluation.testSteps': 50 } }],
  },
};

/**
 * The preset with this algorithm in place of its own and the values of that algorithm's paper, each with its citation.
 * How long a quick-start runs stays its own affair. The preset itself for its own algorithm, or one that is not known.
 */
export function presetWithAlgorithm(preset: Preset, kind: string | undefined): Preset {
  if (kind === undefined || kind === preset.config.algorithm.kind) return preset;
  const cited = citedFor(kind, preset.config.task.kind);
  const shortened = preset.sources['outer.iterations'] === house && kind !== 'from-scratch';
  let config: unknown = { ...preset.config, algorithm: defaultsOfKind('algorithm', kind) };
  const sources: Record<string, string> = { ...preset.sources };
  for (const { source, values } of cited) {
    for (const [path, value] of Object.entries(values)) {
      if (shortened && path === 'outer.iterations') continue;
      config = withPath(config, path.split('.'), value);
      for (const leaf of leavesOf(path, value)) sources[leaf] = source;
    }
  }
  return {
    ...preset,
    label: `${preset.label}, for ${algorithmLabels[kind] ?? kind}`,
    config: config as RunConfig,
    sources,
  };
}

function citedFor(kind: string, task: RunConfig['task']['kind']): readonly Cited[] {
  const own = Object.entries(defaults).find(([known]) => known === kind)?.[1];
  const ofTask = task === 'image-classes' ? own?.imageClasses : task === 'sinusoid' ? own?.sinusoid : undefined;
  return [...(own?.anyTask ?? []), ...(ofTask ?? [])];
}

const leavesOf = (path: string, value: unknown): readonly string[] =>
  isRecord(value) ? Object.keys(value).map((key) => `${path}.${key}`) : [path];

function withPath(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const record = isRecord(target) ? target : {};
  return { ...record, [key]: withPath(record[key], rest, value) };
}
