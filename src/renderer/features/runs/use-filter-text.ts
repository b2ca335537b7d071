import { useEffect, useRef, useState } from 'react';
import { parseFilter } from '../../../shared/runs/filter.ts';
import type { FilterError } from '../../../shared/runs/filter-tree.ts';
import { completions } from './filter-words.ts';

const settleMs = 200;

/** The text of the filter field: applied when one stops typing and it is right; errors are told a little later. */
export function useFilterText(
  filter: string,
  onFilter: (filter: string) => void,
  known: Readonly<Record<string, readonly string[]>>,
) {
  const [text, setText] = useState(filter);
  const [offers, setOffers] = useState<ReturnType<typeof completions>>([]);
  const [chosen, setChosen] = useState(-1);
  const applied = useRef(filter);
  const parsed = parseFilter(text, 0); // the moment does not matter for what is right and wrong
  const error = parsed.ok ? null : parsed.error;
  const wrong = error !== null;

  useEffect(() => {
    if (filter !== applied.current) setText(filter);
    applied.current = filter;
  }, [filter]);
  useEffect(() => {
    if (text === applied.current || wrong) return;
    const timer = setTimeout(() => {
      applied.current = text;
      onFilter(text);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text, wrong, onFilter]);

  const apply = (next: string): void => {
    applied.current = next;
    onFilter(next);
  };
  const write = (next: string, caret: number): void => {
    setText(next);
    setOffers(completions(next, caret, known));
    setChosen(-1);
  };
  return {
    text,
    write,
    /** At once; a wrong text stays unapplied. */
    apply: () => {
      if (!wrong) apply(text);
    },
    clear: () => {
      write('', 0);
      apply('');
    },
    offers,
    chosen,
    choose: setChosen,
    close: () => {
      setOffers([]);
      setChosen(-1);
    },
    /** While one types, an unfinished word is not yet an error worth words; it is when one stops. */
    error: useSettled(error, settleMs * 3),
  };
}

export type FilterText = ReturnType<typeof useFilterText>;

/** The error once it has stood for `ms`; null as soon as it is gone. */
function useSettled(error: FilterError | null, ms: number): FilterError | null {
  const [told, setTold] = useState<FilterError | null>(null);
  const key = error && `${error.message} ${error.at}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal errors are one error
  useEffect(() => {
    if (!error) {
      setTold(null);
      return;
    }
    const timer = setTimeout(() => setTold(error), ms);
    return () => clearTimeout(timer);
  }, [key, ms]);
  return error === null ? null : told;
}
