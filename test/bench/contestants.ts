/** Who takes part on which work, and how each is started. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { trainerEnvironment } from '../../src/main/files/tensorflow-env.ts';
import { type BenchVariant, type BenchWorkload, benchConfig } from '../../src/shared/bench/workloads.ts';
import { adviseThreads } from '../../src/shared/run-config/thread-advice.ts';
import type { ProcessCommand } from './measured-process.ts';

export interface Work {
  readonly workload: BenchWorkload;
  readonly innerSteps: number;
}

export const works: readonly Work[] = [
  { workload: 'sinusoid', innerSteps: 1 },
  { workload: 'sinusoid', innerSteps: 5 },
  { workload: 'conv4-omniglot', innerSteps: 1 },
  { workload: 'conv4-omniglot', innerSteps: 5 },
  { workload: 'conv4-miniimagenet', innerSteps: 5 },
];

export interface Contestant {
  readonly name: string;
  readonly who: 'ours' | 'peer';
  /** `asked`: only when its name is given, since a call takes very long or it tells little more. */
  readonly takesPart: 'always' | 'asked';
  command(work: Work, python: string): ProcessCommand;
}

/** Everybody who can do the work; ours as a run would do it stands first. */
export function contestantsOf({ workload, innerSteps }: Work): readonly Contestant[] {
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

function ours(variant: BenchVariant, takesPart: Contestant['takesPart']): Contestant {
  return {
    name: `innerloop ${variant}`,
    who: 'ours',
    takesPart,
    command: (work) => {
      const row = { ...work, variant };
      const threads = adviseThreads(benchConfig(row), availableParallelism());
      return {
        program: process.execPath,
        words: [join(import.meta.dirname, 'ours.ts'), JSON.stringify(row)],
        environment: { ...process.env, ...trainerEnvironment({ device: 'cpu', threads }) },
      };
    },
  };
}

function peer(script: string, variant: string, takesPart: Contestant['takesPart']): Contestant {
  return {
    name: variant.replaceAll('_', ' '),
    who: 'peer',
    takesPart,
    command: ({ workload, innerSteps }, python) => ({
      program: python,
      words: [
        join(import.meta.dirname, 'peers', script),
        ...(script === 'sinusoid.py' ? [] : ['--workload', workload]),
        ...['--variant', variant, '--inner-steps', String(innerSteps)],
      ],
      environment: { ...process.env, ...onCpuOnly, PYTHONDONTWRITEBYTECODE: '1' },
    }),
  };
}

const onCpuOnly = { CUDA_VISIBLE_DEVICES: '-1', JAX_PLATFORMS: 'cpu' };

/**
 * Whether the words pick a contestant: each must stand in its name or name its work (`sinusoid`, `5-step`); those that
 * take part only when asked need their whole name, as `scan32`, `eager` or `all`.
 */
export function isPicked(work: Work, contestant: Contestant, words: readonly string[]): boolean {
  const own = contestant.name.toLowerCase();
  const text = `${work.workload} ${work.innerSteps}-step ${own}`;
  const asked = words.includes('all') || words.some((word) => own.includes(word));
  const rest = words.filter((word) => word !== 'all');
  return rest.every((word) => text.includes(word)) && (contestant.takesPart === 'always' || asked);
}
