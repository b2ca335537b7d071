import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { adam } from './adam.ts';
import type { Optimizer } from './optimizer.ts';
import { sgd } from './sgd.ts';

export const optimizers: Readonly<Record<RunConfig['outer']['optimizer'], (rate: number) => Optimizer>> = { adam, sgd };
