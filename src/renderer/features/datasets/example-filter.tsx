import { useDeferredValue, useState } from 'react';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';
import { count, plural } from '../../app/format.ts';
import { Segmented } from '../../ui/choices.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Select } from '../../ui/select.tsx';
import { exampleNouns } from './dataset-words.ts';
import { splitOrder, splitWords } from './splits.ts';

const pageSize = 50;
const mostShown = 200;

/** Which examples of a dataset are looked at: those of a split and label that hold what is searched. */
export function useExampleFilter(dataset: DatasetSummary) {
  const [split, setSplit] = useState<Split | 'all'>('all');
  const [label, setLabel] = useState('all');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(pageSize);
  const wanted = useDeferredValue(search);
  const restart = <Value,>(set: (value: Value) => void) => {
    return (value: Value): void => {
      set(value);
      setShown(pageSize);
    };
  };
  return {
    ...{ split, label, search, wanted },
    setSplit: restart(setSplit),
    setLabel: restart(setLabel),
    setSearch: restart(setSearch),
    /** Whether a longer page would show more of so many. */
    hasMore: (total: number): boolean => total > shown && shown < mostShown,
    showMore: () => setShown(shown + pageSize),
    page: {
      id: dataset.id,
      split: split === 'all' ? null : split,
      label: label === 'all' ? null : Number(label),
      search: wanted,
      offset: 0,
      limit: Math.min(mostShown, shown),
    },
  };
}

interface ExampleToolsProps {
  readonly dataset: DatasetSummary;
  readonly labels: readonly string[];
  readonly filter: ReturnType<typeof useExampleFilter>;
}

/** The head of a list of examples: split, label, search. */
export function ExampleTools({ dataset, labels, filter }: ExampleToolsProps) {
  const nouns = `${exampleNouns[dataset.kind]}s`;
  return (
    <div className="sh">
      <h3>{nouns[0]!.toUpperCase() + nouns.slice(1)}</h3>
      <Segmented
        size="small"
        label="Split"
        value={filter.split}
        options={splitOptions(dataset)}
        onChange={filter.setSplit}
      />
      <Select
        look="button"
        prefix="Label"
        label="Label"
        className="sm"
        value={filter.label}
        options={labelOptions(labels)}
        onChange={filter.setLabel}
      />
      <span className="grow" />
      <div className="query filter">
        <Icon name="search" small />
        <input
          type="text"
          aria-label={`Search ${nouns}`}
          placeholder={`Search ${nouns}`}
          spellCheck={false}
          autoComplete="off"
          value={filter.search}
          onChange={(event) => filter.setSearch(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && filter.setSearch('')}
        />
      </div>
    </div>
  );
}

const splitOptions = ({ splits }: DatasetSummary) => [
  { value: 'all' as const, label: 'All' },
  ...splitOrder
    .filter((split) => splits[split].examples > 0)
    .map((split) => ({ value: split, label: `${splitWords[split]} ${count(splits[split].examples)}` })),
];

const labelOptions = (labels: readonly string[]) => [
  { value: 'all', label: 'any' },
  ...labels.map((label, index) => ({ value: String(index), label })),
];

export function foundWords(total: number, shown: number, search: string, noun: string): string {
  if (total === 0) return search.trim() === '' ? `No ${noun}s here.` : `No ${noun} holds "${search.trim()}".`;
  return shown < total ? `${plural(total, noun)}, the first ${count(shown)} shown` : plural(total, noun);
}

/** The dot in front of an example, by its split. */
export const splitDots = { train: 'b-tr', validation: 'b-va', test: 'b-te', unused: 'b-un' } as const;

export const SplitDot = ({ split }: { readonly split: Split }) => (
  <i className={splitDots[split]} role="img" aria-label={splitWords[split]} title={splitWords[split]} />
);
