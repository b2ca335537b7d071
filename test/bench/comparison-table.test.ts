import { describe, expect, it } from 'vitest';
import { problemsOf, type Result, tableOf, verdictsOf, versionsOf } from './comparison-table.ts';
import { contestantsOf, isPicked, nameOf, works } from './contestants.ts';
import type { Window } from './measured-process.ts';

const window = (msPerStep: number, peakMb = 600): Window => ({
  msPerStep,
  fastestMs: msPerStep * 0.9,
  steps: 100,
  peakMb,
  cpuSeconds: 1,
});
const result = (name: string, windows: readonly Window[], change: Partial<Result> = {}): Result => ({
  workload: 'sinusoid',
  setting: '1 inner step',
  name,
  who: name.startsWith('innerloop') ? 'ours' : 'peer',
  products: 'float32',
  first: { firstCallMs: 1500, beforeMb: 400, parameters: 1761, stepsPerCall: 1, versions: { [name]: '1.0' } },
  windows,
  problem: null,
  ...change,
});
const ours = result('innerloop chosen', [window(0.5), window(0.7), window(0.4)]);
const torch = result('torch loop', [window(2), window(1.9), window(2.1, 500)]);

describe('the table of a comparison', () => {
  it('has the median of the rounds, their range, and the time beside ours, the fastest first', () => {
    expect(tableOf([torch, ours]).slice(2)).toEqual([
      '| sinusoid | 1 inner step | **innerloop chosen** | 0.5 | 0.4 to 0.7 | 0.36 | 1.5 | 600 (400) | 1.00 |',
      '| sinusoid | 1 inner step | torch loop | 2 | 1.9 to 2.1 | 1.71 | 1.5 | 600 (400) | 4.00 |',
    ]);
  });

  it('keeps a row without numbers, last, and says why', () => {
    const failed = result('higher', [], { first: null, problem: 'it took longer than 180 s.' });
    const lines = tableOf([failed, ours]);
    expect(lines.at(-1)).toBe('| sinusoid | 1 inner step | higher | - | - | - | - | - | - |');
    expect(problemsOf([failed, ours])).toEqual(['sinusoid, 1 inner step, higher: it took longer than 180 s.']);
  });

  it('says who is ahead and how much memory we take', () => {
    expect(verdictsOf([ours, torch])).toEqual([
      'sinusoid, 1 inner step: ahead of all: the fastest peer, torch loop, takes 4.00 times our time; peak memory 1.00 times that of torch loop.',
    ]);
    const jax = result('jax vmap scan8', [window(0.25)]);
    expect(verdictsOf([ours, torch, jax])[0]).toContain('behind jax vmap scan8, which takes 0.50 times our time');
  });

  it('compares products in bfloat16 with those of peers, and with the fastest peer in float32', () => {
    const work = { workload: 'fine-tune', setting: '16x64' };
    const rows = [
      result('innerloop float32', [window(100)], work),
      result('innerloop bfloat16', [window(50)], { ...work, products: 'bfloat16' }),
      result('torch eager', [window(120, 300)], work),
      result('torch bf16', [window(40)], { ...work, products: 'bfloat16' }),
    ];
    expect(verdictsOf(rows)).toEqual([
      'fine-tune, 16x64: ahead of all: the fastest peer, torch eager, takes 1.20 times our time; peak memory 2.00 times that of torch eager.',
      'fine-tune, 16x64, bfloat16 products: behind torch bf16, which takes 0.80 times our time; the fastest float32 peer, torch eager, takes 2.40 times our time; peak memory 2.00 times that of torch eager.',
    ]);
  });

  it('notices a peer whose model is not ours', () => {
    const other = result('torch loop', [window(1)], { first: { ...torch.first!, parameters: 1700 } });
    expect(problemsOf([ours, other])).toEqual([
      'sinusoid, 1 inner step, torch loop: it learns 1,700 numbers and we learn 1,761, so the work is not the same.',
    ]);
    expect(problemsOf([ours, torch])).toEqual([]);
  });

  it('names every version once', () => {
    expect(versionsOf([ours, torch, torch])).toBe('innerloop chosen 1.0, torch loop 1.0');
  });
});

describe('words pick rows', () => {
  const names = (...words: readonly string[]) =>
    works.flatMap((work) =>
      contestantsOf(work)
        .filter((contestant) => isPicked(work, contestant, words))
        .map(({ name }) => `${nameOf(work)} ${name}`),
    );

  it('all of them without words, but for those that take very long', () => {
    const all = names();
    for (const work of works) {
      expect(all).toContain(
        `${nameOf(work)} ${work.workload === 'fine-tune' ? 'innerloop float32' : 'innerloop chosen'}`,
      );
    }
    expect(all).toContain('sinusoid 5-step jax vmap scan32');
    expect(all).toContain('conv4-omniglot 1-step learn2learn');
    expect(
      all.some((name) => name.includes('innerloop eager') || name === 'conv4-omniglot 5-step jax loop scan32'),
    ).toBe(false);
    expect(names('all').length).toBeGreaterThan(all.length);
  });

  it('by work and by engine', () => {
    expect(names('sinusoid', '5-step', 'scan')).toEqual([
      'sinusoid 5-step jax vmap scan8',
      'sinusoid 5-step jax vmap scan32',
    ]);
    expect(names('omniglot', 'scan32')).toEqual([
      'conv4-omniglot 1-step jax loop scan32',
      'conv4-omniglot 5-step jax loop scan32',
    ]);
    expect(names('innerloop', 'mini')).toHaveLength(4);
    expect(names('fine-tune', '16x64', 'innerloop')).toEqual([
      'fine-tune 16x64 innerloop float32',
      'fine-tune 16x64 innerloop bfloat16',
    ]);
  });
});
