import type { AlgorithmConfig } from './schema.ts';

/** What words and protocols say of an algorithm. */
export interface AlgorithmFacts {
  readonly label: string;
  /** Order of the derivatives in its meta-gradient; `none` where no inner loop is differentiated. */
  readonly order: 'first' | 'second' | 'none';
  /** Where the step sizes of its inner loop come from: `inner.rate`, or the outer loop; `none` without inner loop. */
  readonly rates: 'configured' | 'learned' | 'none';
}

/** In the order in which people are offered them. */
export const algorithmFacts: Readonly<Record<AlgorithmConfig['kind'], AlgorithmFacts>> = {
  maml: { label: 'MAML', order: 'second', rates: 'configured' },
  fomaml: { label: 'FOMAML', order: 'first', rates: 'configured' },
  anil: { label: 'ANIL', order: 'second', rates: 'configured' },
  boil: { label: 'BOIL', order: 'second', rates: 'configured' },
  'meta-sgd': { label: 'Meta-SGD', order: 'second', rates: 'learned' },
  'proto-net': { label: 'ProtoNet', order: 'none', rates: 'none' },
  'maml-plus-plus': { label: 'MAML++', order: 'second', rates: 'configured' },
  imaml: { label: 'iMAML', order: 'second', rates: 'configured' },
  reptile: { label: 'Reptile', order: 'first', rates: 'configured' },
  pretrain: { label: 'Pretraining', order: 'none', rates: 'configured' },
  'from-scratch': { label: 'From scratch', order: 'none', rates: 'configured' },
};

export const algorithmLabels: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(algorithmFacts).map(([kind, { label }]) => [kind, label]),
);
