import { type AlgorithmFacts, algorithmFacts } from './algorithm-facts.ts';
import { isRecord } from './record.ts';
import { fromScratch } from './start-model.ts';

/** What goes with the tasks that no episodes are made of, and with no others. */
const ofTasks: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'model.kind': { encoder: ['text-classes'] },
  'algorithm.kind': {
    'fine-tune': ['text-classes'],
    'fine-tune-network': ['image-examples', 'table-classes', 'audio-classes'],
  },
};

/**
 * The values of a choice that go with the task: texts have an encoder that is fine-tuned, labelled images, rows and
 * sounds a network that is (rows an MLP), and episodes all other networks and algorithms.
 */
export function choicesForTask(taskKind: unknown, path: string, choices: readonly string[]): readonly string[] {
  const own = ofTasks[path];
  if (own === undefined) return choices;
  if (taskKind === 'table-classes' && path === 'model.kind') return choices.filter((choice) => choice === 'mlp');
  const kind = String(taskKind);
  const taken = Object.values(own).some((tasks) => tasks.includes(kind));
  return choices.filter((choice) => (taken ? own[choice]?.includes(kind) : own[choice] === undefined));
}

/**
 * Whether the field at this path makes a difference to a run of the config: the algorithm may ignore it (its facts say
 * so), weight decay is AdamW's, a network from scratch has no head to keep, and a waveform no bands. The config may be
 * unfinished, as in the form; an unknown algorithm ignores nothing.
 */
export function usesField(config: object, path: string): boolean {
  const { task, algorithm, outer } = config as Readonly<Partial<Record<'task' | 'algorithm' | 'outer', unknown>>>;
  const kind = isRecord(algorithm) ? algorithm.kind : undefined;
  const facts: AlgorithmFacts | undefined = Object.entries(algorithmFacts).find(([known]) => known === kind)?.[1];
  if (facts?.ignores.some((ignored) => path === ignored || path.startsWith(`${ignored}.`))) return false;
  if (path === 'algorithm.startHead') return !isRecord(algorithm) || algorithm.start !== fromScratch;
  if (path === 'task.bands') return !isRecord(task) || task.features !== 'waveform';
  return path !== 'outer.weightDecay' || (isRecord(outer) && outer.optimizer === 'adamw');
}
