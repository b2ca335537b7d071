import type { AlgorithmConfig } from './schema.ts';

/** What words and protocols say of an algorithm. */
export interface AlgorithmFacts {
  readonly label: string;
  /** Order of the derivatives in its meta-gradient; `none` where no inner loop is differentiated. */
  readonly order: 'first' | 'second' | 'none';
  /** Where the step sizes of its inner loop come from: `inner.rate`, or the outer loop; `none` without inner loop. */
  readonly rates: 'configured' | 'learned' | 'none';
  /** Fields of a config, or parts of it, that change nothing about a run of it. */
  readonly ignores: readonly string[];
}

/** Its steps follow from epochs and batch, its evaluations are whole splits. */
const ignoredByFineTuning = [
  'inner',
  'outer.metaBatch',
  'outer.iterations',
  'evaluation.every',
  'evaluation.episodes',
  'evaluation.testSteps',
  'evaluation.finalEpisodes',
  'evaluation.episodeSeed',
  'engine.xla',
  'engine.taskBatching',
  'engine.stepsPerCall',
];

/** In the order in which people are offered them. */
export const algorithmFacts: Readonly<Record<AlgorithmConfig['kind'], AlgorithmFacts>> = {
  maml: { label: 'MAML', order: 'second', rates: 'configured', ignores: [] },
  fomaml: { label: 'FOMAML', order: 'first', rates: 'configured', ignores: [] },
  anil: { label: 'ANIL', order: 'second', rates: 'configured', ignores: [] },
  boil: { label: 'BOIL', order: 'second', rates: 'configured', ignores: [] },
  'meta-sgd': {
    label: 'Meta-SGD',
    order: 'second',
    rates: 'learned',
    ignores: ['inner.optimizer', 'inner.rate', 'inner.lossReduction'],
  },
  'proto-net': { label: 'ProtoNet', order: 'none', rates: 'none', ignores: ['inner', 'evaluation.testSteps'] },
  'maml-plus-plus': { label: 'MAML++', order: 'second', rates: 'configured', ignores: ['inner.optimizer'] },
  imaml: { label: 'iMAML', order: 'second', rates: 'configured', ignores: ['inner.optimizer'] },
  reptile: { label: 'Reptile', order: 'first', rates: 'configured', ignores: [] },
  pretrain: { label: 'Pretraining', order: 'none', rates: 'configured', ignores: ['inner.steps'] },
  'from-scratch': { label: 'From scratch', order: 'none', rates: 'configured', ignores: ['outer.clip'] },
  'fine-tune': { label: 'Fine-tuning', order: 'none', rates: 'none', ignores: ignoredByFineTuning },
  'fine-tune-network': {
    label: 'Fine-tuning a network',
    order: 'none',
    rates: 'none',
    ignores: ignoredByFineTuning,
  },
};

export const algorithmLabels: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(algorithmFacts).map(([kind, { label }]) => [kind, label]),
);

/** The algorithms that learn from episodes: all but fine-tuning, which has networks and tasks of its own. */
export const episodeAlgorithms: readonly string[] = Object.keys(algorithmFacts).filter(
  (kind) => kind !== 'fine-tune' && kind !== 'fine-tune-network',
);
