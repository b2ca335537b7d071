import { batchNormOf } from '../../../shared/run-config/model-facts.ts';
import { countsExamples, familyOf, wayOf } from '../../../shared/run-config/task-facts.ts';
import type { Protocol, RunSummary } from '../../../shared/runs/run.ts';
import { count } from '../../app/format.ts';
import { taskSize } from '../run/protocol-words.ts';
import type { Judged } from './difference.ts';

/** What a value depends on, in words, by field. */
export type ProtocolWords = Readonly<Record<string, string>>;

/** The protocol of a run's best validation, or of its final evaluation; null when it has none. */
export function protocolOf(run: RunSummary, judged: Judged): ProtocolWords | null {
  const { config, dataset } = run;
  const { task, model, evaluation, inner } = config;
  const norm = batchNormOf(model);
  if (judged === 'best') {
    if (!run.best) return null;
    return {
      data:
        'dataset' in task
          ? `${dataset?.name ?? task.dataset}${versionWords(dataset)}`
          : `${task.kind} ${familyOf(task)}`,
      split: 'validation',
      task: 'shot' in task ? taskWords({ ...task, way: wayOf(task), family: familyOf(task) }) : 'all texts',
      episodes: count(evaluation.episodes),
      'episode seed': String(evaluation.episodeSeed),
      'batch norm': norm,
      'inner steps': String(evaluation.testSteps),
      'loss reduction': inner.lossReduction,
    };
  }
  const protocol = run.final?.protocol;
  if (!protocol) return null;
  if (countsExamples(protocol.task)) {
    return {
      data: protocol.dataset ? `${protocol.dataset.name}${versionWords(protocol.dataset)}` : 'a dataset',
      split: protocol.split,
      task: taskSize(protocol),
      examples: count(protocol.episodes),
      'batch norm': protocol.batchNorm,
    };
  }
  return {
    data: protocol.dataset
      ? `${protocol.dataset.name}${versionWords(protocol.dataset)}`
      : `${task.kind} ${familyOf(task)}`,
    split: protocol.split,
    task: taskWords(protocol),
    episodes: count(protocol.episodes),
    'episode seed': String(protocol.episodeSeed),
    'batch norm': protocol.batchNorm,
    'inner steps': String(protocol.innerSteps),
    'loss reduction': protocol.lossReduction,
  };
}

const versionWords = (dataset: RunSummary['dataset']): string => (dataset ? ` version ${dataset.version}` : '');

const taskWords = ({ way, shot, query, family }: Pick<Protocol, 'way' | 'shot' | 'query' | 'family'>): string =>
  `${way === null ? '' : family === 'one-against-rest' ? 'one against the rest, ' : `${way}-way `}${shot}-shot, ${query} ${query === 1 ? 'query' : 'queries'}`;

export interface Protocols {
  /** Fields in which runs differ, each with its values. */
  readonly differing: readonly { readonly field: string; readonly values: readonly string[] }[];
  /** What all have in common; null without any run. */
  readonly common: ProtocolWords | null;
}

export function compareProtocols(runs: readonly RunSummary[], judged: Judged): Protocols {
  const all = runs.flatMap((run) => {
    const words = protocolOf(run, judged);
    return words ? [words] : [];
  });
  const first = all[0];
  if (!first) return { differing: [], common: null };
  const values = Object.keys(first).map((field) => ({
    field,
    values: [...new Set(all.map((words) => words[field] ?? '–'))],
  }));
  return {
    differing: values.filter((each) => each.values.length > 1),
    common: Object.fromEntries(
      values.filter((each) => each.values.length === 1).map((each) => [each.field, each.values[0]!]),
    ),
  };
}
