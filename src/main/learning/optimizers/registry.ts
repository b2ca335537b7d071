import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { adam, createAdam } from './adam.ts';
import { adamw } from './adamw.ts';
import { momentum } from './momentum.ts';
import type { Optimizer } from './optimizer.ts';
import { sgd } from './sgd.ts';

type Outer = Pick<RunConfig['outer'], 'rate' | 'weightDecay'>;

export const optimizers: Readonly<Record<RunConfig['outer']['optimizer'], (outer: Outer) => Optimizer>> = {
  adam: ({ rate }) => adam(rate),
  adamw: ({ rate, weightDecay }) => adamw(rate, weightDecay),
  sgd: ({ rate }) => sgd(rate),
};

export type InnerOptimizer = RunConfig['inner']['optimizer'];

/** Optimisers that a gradient can go through; Adam's first moment may be left out (beta_1 = 0). */
export function innerOptimizer(kind: InnerOptimizer, rate: number, { beta1 = 0.9 } = {}): Optimizer {
  if (kind === 'adam') return createAdam(rate, { beta1, root: 'smooth' });
  return kind === 'momentum' ? momentum(rate) : sgd(rate);
}
