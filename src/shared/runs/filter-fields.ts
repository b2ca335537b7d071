import { fieldLimits } from '../run-config/field-limits.ts';
import { taskFacts } from '../run-config/task-facts.ts';
import { runStates } from './run.ts';

/** What a field of the filter language holds, which decides how its values are read and compared. */
export type FilterFieldKind = 'text' | 'choice' | 'number' | 'duration' | 'date';

/** A field that runs can be filtered by. */
export interface FilterField {
  /** As it is written in a filter. */
  readonly name: string;
  readonly kind: FilterFieldKind;
  /** Where its value stands: a fact of the run, a field of its config, or the summary of a metric. */
  readonly source:
    | { readonly from: 'run'; readonly fact: RunFact }
    | { readonly from: 'config'; readonly path: string }
    | { readonly from: 'metric'; readonly key: string; readonly summary: 'last' | 'min' | 'max' | 'best' };
  readonly choices?: readonly string[];
}

export type RunFact =
  | 'name'
  | 'note'
  | 'tag'
  | 'id'
  | 'number'
  | 'state'
  | 'algorithm'
  | 'task'
  | 'dataset'
  | 'seed'
  | 'iteration'
  | 'best'
  | 'accuracy'
  | 'loss'
  | 'test'
  | 'duration'
  | 'created'
  | 'started'
  | 'ended'
  | 'starred';

const fact = (name: string, kind: FilterFieldKind, of: RunFact, choices?: readonly string[]): FilterField => ({
  name,
  kind,
  source: { from: 'run', fact: of },
  ...(choices ? { choices } : {}),
});
const config = (name: string, path: string, kind: FilterFieldKind = 'number'): FilterField => ({
  name,
  kind,
  source: { from: 'config', path },
});

/** Fields with short names; every field path of the config and every metric key works too. */
export const namedFilterFields: readonly FilterField[] = [
  fact('name', 'text', 'name'),
  fact('tag', 'text', 'tag'),
  fact('note', 'text', 'note'),
  fact('id', 'text', 'id'),
  fact('state', 'choice', 'state', runStates),
  fact('algorithm', 'choice', 'algorithm'),
  fact('method', 'choice', 'algorithm'),
  fact('task', 'choice', 'task', Object.keys(taskFacts)),
  fact('dataset', 'text', 'dataset'),
  fact('seed', 'number', 'seed'),
  fact('number', 'number', 'number'),
  fact('iteration', 'number', 'iteration'),
  fact('best', 'number', 'best'),
  fact('accuracy', 'number', 'accuracy'),
  fact('loss', 'number', 'loss'),
  fact('test', 'number', 'test'),
  fact('duration', 'duration', 'duration'),
  fact('created', 'date', 'created'),
  fact('started', 'date', 'started'),
  fact('ended', 'date', 'ended'),
  fact('starred', 'choice', 'starred', ['yes', 'no']),
  config('way', 'task.way'),
  config('shot', 'task.shot'),
  config('query', 'task.query'),
  config('model', 'model.kind', 'choice'),
  config('steps', 'inner.steps'),
];

let configFields: ReadonlyMap<string, FilterField> | undefined;

/** The field of this name, in any case; undefined when there is none. */
export function filterField(name: string): FilterField | undefined {
  const wanted = name.toLowerCase();
  const named = namedFilterFields.find((field) => field.name === wanted);
  if (named) return named;
  if (name.includes('/')) return metricField(name);
  configFields ??= fieldsOfConfig();
  return configFields.get(wanted);
}

/** Names to offer: short names, then config paths. */
export function filterFieldNames(): readonly string[] {
  configFields ??= fieldsOfConfig();
  return [...namedFilterFields.map(({ name }) => name), ...[...configFields.values()].map(({ name }) => name)];
}

/** `validation/accuracy` is the last value; `.min`, `.max`, `.best` at its end ask for another. */
function metricField(name: string): FilterField {
  const match = /^(.*)\.(last|min|max|best)$/.exec(name);
  const key = match?.[1] ?? name;
  const summary = (match?.[2] ?? 'last') as 'last' | 'min' | 'max' | 'best';
  return { name, kind: 'number', source: { from: 'metric', key, summary } };
}

function fieldsOfConfig(): ReadonlyMap<string, FilterField> {
  const found = new Map<string, FilterField>();
  for (const [path, limits] of fieldLimits()) {
    const kind = { number: 'number', 'whole-number': 'number', choice: 'choice', text: 'text', list: 'text' } as const;
    found.set(path.toLowerCase(), {
      name: path,
      kind: kind[limits.type],
      source: { from: 'config', path },
      ...(limits.choices ? { choices: limits.choices } : {}),
    });
  }
  return found;
}
