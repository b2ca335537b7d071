import { type AlgorithmFacts, algorithmFacts } from './algorithm-facts.ts';
import { isRecord } from './record.ts';

/**
 * Whether the field at this path makes a difference to a run of the config: the algorithm may ignore it (its facts say
 * so), and weight decay is AdamW's. The config may be unfinished, as in the form; an unknown algorithm ignores nothing.
 */
export function usesField(config: object, path: string): boolean {
  const { algorithm, outer } = config as { readonly algorithm?: unknown; readonly outer?: unknown };
  const kind = isRecord(algorithm) ? algorithm.kind : undefined;
  const facts: AlgorithmFacts | undefined = Object.entries(algorithmFacts).find(([known]) => known === kind)?.[1];
  if (facts?.ignores.some((ignored) => path === ignored || path.startsWith(`${ignored}.`))) return false;
  return path !== 'outer.weightDecay' || (isRecord(outer) && outer.optimizer === 'adamw');
}
