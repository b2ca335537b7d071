import type { AlgorithmConfig } from './schema.ts';

/** What words and protocols say of an algorithm. */
export interface AlgorithmFacts {
  readonly label: string;
  /** Order of the derivatives in its meta-gradient; `none` where no inner loop is differentiated. */
  readonly order: 'first' | 'second' | 'none';
}

/** In the order in which people are offered them. */
export const algorithmFacts: Readonly<Record<AlgorithmConfig['kind'], AlgorithmFacts>> = {
  maml: { label: 'MAML', order: 'second' },
  fomaml: { label: 'FOMAML', order: 'first' },
  anil: { label: 'ANIL', order: 'second' },
  boil: { label: 'BOIL', order: 'second' },
};

export const algorithmLabels: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(algorithmFacts).map(([kind, { label }]) => [kind, label]),
);
