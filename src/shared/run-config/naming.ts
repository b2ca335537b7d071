import { valueAtPath } from './fields.ts';
import type { RunConfig } from './schema.ts';

const curveWords = {
  'finn-2017': 'sine',
  'meta-sgd-2017': 'sine',
  'harmonic-2018': 'harmonic',
  'platipus-2018': 'sine-and-line',
} as const;

function taskWord({ task }: RunConfig): string {
  switch (task.kind) {
    case 'sinusoid':
      return `${curveWords[task.variant]}-${task.shot}p`;
    case 'binary-points':
      return `${task.family}-${task.shot}s`;
    case 'table-classes':
    case 'audio-classes':
      return `${datasetWord(task.dataset)}-${task.perClass || 'all'}k`;
    case 'text-classes':
      return datasetWord(task.dataset);
    case 'image-examples':
      return `${datasetWord(task.dataset)}-${task.classes || 'all'}c${task.perClass || 'all'}k`;
    case 'image-classes':
      return `${datasetWord(task.dataset)}-${task.labels === 'classes' ? `${task.way}w` : 'rest-'}${task.shot}s`;
  }
}

const datasetWord = (dataset: string): string =>
  dataset
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24);

/** Runs of one comparison differ in what they begin with. */
const methodWord = ({ algorithm }: RunConfig): string =>
  algorithm.kind === 'fine-tune-network' ? `tune-${algorithm.start}` : algorithm.kind;

/** The run's name with its braces filled; an empty template becomes `maml-omniglot-5w1s-s1`. Unknown braces stay. */
export function resolveRunName(config: RunConfig): string {
  const template = config.name.trim() || `${methodWord(config)}-${taskWord(config)}-s{seed}`;
  return template
    .replace(/\{([a-zA-Z.]+)\}/g, (whole, path: string) => {
      const value = valueAtPath(config, path);
      return value === undefined || typeof value === 'object' ? whole : String(value);
    })
    .slice(0, 120);
}
