import { valueAtPath } from './fields.ts';
import type { RunConfig } from './schema.ts';

const taskWord = (config: RunConfig): string =>
  config.task.kind === 'sinusoid'
    ? `sine-${config.task.shot}p`
    : `${config.task.dataset
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 24)}-${config.task.way}w${config.task.shot}s`;

/** The run's name with its braces filled; an empty template becomes `maml-omniglot-5w1s-s1`. Unknown braces stay. */
export function resolveRunName(config: RunConfig): string {
  const template = config.name.trim() || `${config.algorithm.kind}-${taskWord(config)}-s{seed}`;
  return template
    .replace(/\{([a-zA-Z.]+)\}/g, (whole, path: string) => {
      const value = valueAtPath(config, path);
      return value === undefined || typeof value === 'object' ? whole : String(value);
    })
    .slice(0, 120);
}
