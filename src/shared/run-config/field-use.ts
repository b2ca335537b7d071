import { type AlgorithmFacts, algorithmFacts } from './algorithm-facts.ts';
import { isRecord } from './record.ts';

/** The values of a choice that go with the task: texts have an encoder that is fine-tuned, and nothing else has. */
export function choicesForTask(taskKind: unknown, path: string, choices: readonly string[]): readonly string[] {
  const ofTexts = path === 'model.kind' ? 'encoder' : path === 'algorithm.kind' ? 'fine-tune' : null;
  if (ofTexts === null) return choices;
  return choices.filter((choice) => (choice === ofTexts) === (taskKind === 'text-classes'));
}

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
