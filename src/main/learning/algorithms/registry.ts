import type { AlgorithmConfig } from '../../../shared/run-config/schema.ts';
import type { Algorithm } from './algorithm.ts';
import { fomaml } from './fomaml.ts';
import { maml } from './maml.ts';

export const algorithms: Readonly<Record<AlgorithmConfig['kind'], Algorithm>> = { maml, fomaml };
