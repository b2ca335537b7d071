import type { Split } from '../runs/run.ts';
import type { DatasetClass, DatasetSummary } from './dataset.ts';

/** Classes and examples of each split. */
export function splitCounts(classes: readonly Pick<DatasetClass, 'split' | 'examples'>[]): DatasetSummary['splits'] {
  const count = (split: Split) => {
    const members = classes.filter((candidate) => candidate.split === split);
    return { classes: members.length, examples: members.reduce((sum, member) => sum + member.examples, 0) };
  };
  return { train: count('train'), validation: count('validation'), test: count('test'), unused: count('unused') };
}
