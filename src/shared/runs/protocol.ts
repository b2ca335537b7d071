import { algorithmFacts } from '../run-config/algorithm-facts.ts';
import { batchNormOf } from '../run-config/model-facts.ts';
import type { RunConfig } from '../run-config/schema.ts';
import { familyOf, taskFacts, wayOf } from '../run-config/task-facts.ts';
import type { Protocol, Split } from './run.ts';

/** What a number of this config depends on, measured on `episodes` episodes of a split. */
export function protocolOf(config: RunConfig, dataset: Protocol['dataset'], split: Split, episodes: number): Protocol {
  const { task, model, inner, evaluation } = config;
  const { order, rates } = algorithmFacts[config.algorithm.kind];
  return {
    task: task.kind,
    family: familyOf(task),
    dataset: dataset && { id: dataset.id, name: dataset.name, version: dataset.version, digest: dataset.digest },
    split: taskFacts[task.kind].source === 'generated' ? 'generated' : split,
    way: wayOf(task),
    ...examplesOf(task),
    episodes,
    episodeSeed: evaluation.episodeSeed,
    batchNorm: batchNormOf(model),
    lossReduction: inner.lossReduction,
    innerSteps: rates === 'none' ? 0 : evaluation.testSteps,
    innerRate: rates === 'configured' ? inner.rate : null,
    order,
  };
}

function examplesOf(task: RunConfig['task']): Pick<Protocol, 'shot' | 'query'> {
  switch (task.kind) {
    case 'image-examples':
      return { shot: task.perClass, query: task.testPerClass };
    case 'table-classes':
    case 'audio-classes':
      return { shot: task.perClass, query: 0 }; // the whole test split
    case 'text-classes':
      return { shot: 0, query: 0 };
    default:
      return { shot: task.shot, query: task.query };
  }
}
