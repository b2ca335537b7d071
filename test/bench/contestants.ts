/** Who takes part on which work, and how each is started. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { trainerEnvironment } from '../../src/main/files/tensorflow-env.ts';
import { type BenchVariant, type BenchWorkload, benchConfig } from '../../src/shared/bench/workloads.ts';
import { adviseThreads } from '../../src/shared/run-config/thread-advice.ts';
import { type FineTuneRow, fineTuneConfig } from './fine-tuning/bench-row.ts';
import type { ProcessCommand } from './measured-process.ts';

/** Meta-iterations of MAML on one of the product's own workloads. */
export interface MetaWork {
  readonly workload: BenchWorkload;
  readonly innerSteps: number;
}

/** Steps of fine-tuning an encoder of MiniLM's size on 16 texts of so many tokens. */
export interface FineTuneWork {
  readonly workload: 'fine-tune';
  readonly tokens: 64 | 128;
}

export type Work = MetaWork | FineTuneWork;

export const works: readonly Work[] = [
  { workload: 'sinusoid', innerSteps: 1 },
  { workload: 'sinusoid', innerSteps: 5 },
  { workload: 'conv4-omniglot', innerSteps: 1 },
  { workload: 'conv4-omniglot', innerSteps: 5 },
  { workload: 'conv4-miniimagenet', innerSteps: 5 },
  { workload: 'fine-tune', tokens: 64 },
  { workload: 'fine-tune', tokens: 128 },
];

/** What distinguishes works of one name, as a table says it: "5 inner steps", "16x64". */
export function settingOf(work: Work): string {
  if (work.workload === 'fine-tune') return `16x${work.tokens}`;
  return `${work.innerSteps} inner ${work.innerSteps === 1 ? 'step' : 'steps'}`;
}

/** The name of a work, as words pick it: "sinusoid 5-step", "fine-tune 16x64". */
export const nameOf = (work: Work): string =>
  `${work.workload} ${work.workload === 'fine-tune' ? settingOf(work) : `${work.innerSteps}-step`}`;

const isFineTune = (work: Work): work is FineTuneWork => work.workload === 'fine-tune';

export type Products = 'float32' | 'bfloat16';

export interface Contestant {
  readonly name: string;
  readonly who: 'ours' | 'peer';
  /** Of its matrix products: bfloat16 is another bargain between speed and exactness. */
  readonly products: Products;
  /** `asked`: only when its name is given, since a call takes very long or it tells little more. */
  readonly takesPart: 'always' | 'asked';
  command(python: string): ProcessCommand;
}

/** Everybody who can do the work; ours as a run would do it stands first. */
export const contestantsOf = (work: Work): readonly Contestant[] =>
  isFineTune(work) ? fineTuners(work) : metaLearners(work);

function metaLearners(work: MetaWork): readonly Contestant[] {
  const { workload, innerSteps } = work;
  const ours = (variant: BenchVariant, takesPart: Contestant['takesPart']) => metaLearner(work, variant, takesPart);
  const peer = (script: string, variant: string, takesPart: Contestant['takesPart']) => {
    const which = script === 'sinusoid.py' ? [] : ['--workload', workload];
    const words = [...which, '--variant', variant, '--inner-steps', String(innerSteps)];
    return pythonPeer(script, variant.replaceAll('_', ' '), words, takesPart);
  };
  const own = [
    ours('chosen', 'always'),
    ours('compiled', 'asked'),
    ours('compiled-xla', 'asked'),
    ours('eager', 'asked'),
  ];
  const libraries = ['learn2learn', 'higher'].map((name) => peer('libraries.py', name, 'always'));
  if (workload === 'sinusoid') {
    const variants = [
      'torch_loop',
      'torch_vmap',
      'torch_vmap_compile',
      'jax_vmap_jit',
      'jax_vmap_scan8',
      'jax_vmap_scan32',
    ];
    return [...own, ...variants.map((name) => peer('sinusoid.py', name, 'always')), ...libraries];
  }
  const slow = workload === 'conv4-miniimagenet' || innerSteps > 1 ? 'asked' : 'always';
  return [
    ...own,
    peer('conv4.py', 'torch_loop', 'always'),
    peer('conv4.py', 'torch_vmap', 'always'),
    peer('conv4.py', 'torch_vmap_compile', slow),
    peer('conv4.py', 'jax_loop_jit', 'always'),
    peer('conv4.py', 'jax_vmap_jit', workload === 'conv4-miniimagenet' ? 'asked' : 'always'),
    peer('conv4.py', 'jax_loop_scan8', slow),
    peer('conv4.py', 'jax_loop_scan32', 'asked'),
    ...libraries,
  ];
}

function metaLearner(work: MetaWork, variant: BenchVariant, takesPart: Contestant['takesPart']): Contestant {
  const row = { ...work, variant };
  const threads = adviseThreads(benchConfig(row), availableParallelism());
  return ours(`innerloop ${variant}`, takesPart, { script: 'ours.ts', row, threads, products: 'float32' });
}

interface OurProcess {
  readonly script: string;
  readonly row: object;
  readonly threads: number;
  readonly products: Products;
}

function ours(name: string, takesPart: Contestant['takesPart'], own: OurProcess): Contestant {
  const { script, row, threads, products } = own;
  return {
    ...{ name, who: 'ours', products, takesPart },
    command: () => ({
      program: process.execPath,
      words: [join(import.meta.dirname, script), JSON.stringify(row)],
      environment: { ...process.env, ...trainerEnvironment({ device: 'cpu', threads }) },
    }),
  };
}

/** PyTorch's own ways to the same step; the optimiser is the fused one but in `eager`. */
function fineTuners({ tokens }: FineTuneWork): readonly Contestant[] {
  const own = (['float32', 'bfloat16'] as const).map((products) => {
    const row: FineTuneRow = { tokens, products };
    const threads = adviseThreads(fineTuneConfig(row), availableParallelism());
    return ours(`innerloop ${products}`, 'always', { script: 'fine-tuning/ours.ts', row, threads, products });
  });
  const peer = (variant: string, takesPart: Contestant['takesPart'] = 'always') => {
    const words = ['--variant', variant, '--tokens', String(tokens)];
    return pythonPeer('fine_tune_step.py', `torch ${variant.replaceAll('_', ' ')}`, words, takesPart);
  };
  return [
    ...own,
    ...['eager', 'fused', 'compile', 'bf16'].map((variant) => peer(variant)),
    peer('compile_bf16', 'asked'),
  ];
}

function pythonPeer(
  script: string,
  name: string,
  words: readonly string[],
  takesPart: Contestant['takesPart'],
): Contestant {
  return {
    ...{ name, who: 'peer', products: name.includes('bf16') ? 'bfloat16' : 'float32', takesPart },
    command: (python) => ({
      program: python,
      words: [join(import.meta.dirname, 'peers', script), ...words],
      environment: { ...process.env, ...onCpuOnly, PYTHONDONTWRITEBYTECODE: '1' },
    }),
  };
}

const onCpuOnly = { CUDA_VISIBLE_DEVICES: '-1', JAX_PLATFORMS: 'cpu' };

/**
 * Whether the words pick a contestant: each must stand in its name or name its work (`sinusoid`, `5-step`, `16x64`); those that
 * take part only when asked need their whole name, as `scan32`, `eager` or `all`.
 */
export function isPicked(work: Work, contestant: Contestant, words: readonly string[]): boolean {
  const own = contestant.name.toLowerCase();
  const text = `${nameOf(work)} ${own}`;
  const asked = words.includes('all') || words.some((word) => own.includes(word));
  const rest = words.filter((word) => word !== 'all');
  return rest.every((word) => text.includes(word)) && (contestant.takesPart === 'always' || asked);
}
