// biome-ignore-all lint/a11y/useSemanticElements: a combobox with a list of its own, which a datalist cannot style
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a list of options, as the ARIA practice has it
// biome-ignore-all lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
import { useEffect, useId, useRef, useState } from 'react';
import { parseFilter } from '../../../shared/runs/filter.ts';
import type { FilterError } from '../../../shared/runs/filter-tree.ts';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { completions, filterPieces } from './filter-words.ts';

export interface FilterFieldProps {
  /** The filter that is applied. */
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** "312 match" */
  readonly matching: string;
  /** Values for completion, by field. */
  readonly known: Readonly<Record<string, readonly string[]>>;
}

const settleMs = 200;

/** Filter of the runs page: coloured as one types, fields complete, an error underlines the word. */
export function FilterField({ filter, onFilter, matching, known }: FilterFieldProps) {
  const [text, setText] = useState(filter);
  const [offers, setOffers] = useState<ReturnType<typeof completions>>([]);
  const [chosen, setChosen] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLElement>(null);
  const applied = useRef(filter);
  const list = useId();

  useEffect(() => {
    if (filter !== applied.current) setText(filter);
    applied.current = filter;
  }, [filter]);
  const parsed = parseFilter(text, 0); // the moment does not matter for what is right and wrong
  const error = parsed.ok ? null : parsed.error;
  const wrong = error !== null;
  useEffect(() => {
    if (text === applied.current || wrong) return;
    const timer = setTimeout(() => {
      applied.current = text;
      onFilter(text);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text, wrong, onFilter]);

  const close = (): void => {
    setOffers([]);
    setChosen(-1);
  };
  const write = (next: string, caret: number): void => {
    setText(next);
    setOffers(completions(next, caret, known));
    setChosen(-1);
  };
  const take = (index: number): void => {
    const offer = offers[index];
    if (!offer) return;
    write(offer.filter, offer.caret);
    requestAnimationFrame(() => input.current?.setSelectionRange(offer.caret, offer.caret));
  };
  const inWrong = (start: number, length: number): boolean =>
    error !== null && start < error.at + error.length && error.at < start + length;
  /** While one types, an unfinished word is not yet an error worth words; it is when one stops. */
  const told = useSettled(error, settleMs * 3);

  return (
    <div className={classNames('query', told && 'bad')} role="search">
      <Icon name="search" small className="muted" />
      <div className="query-text">
        <code aria-hidden="true" ref={mirror}>
          {filterPieces(text).map(({ kind, text: piece, start }) => (
            <span
              key={start}
              className={classNames(
                { field: 'k', operator: 'o', value: 'v', space: '' }[kind],
                told && inWrong(start, piece.length) && 'wrong',
              )}
            >
              {piece}
            </span>
          ))}
        </code>
        <input
          ref={input}
          data-filter
          role="combobox"
          aria-label="Filter runs"
          aria-expanded={offers.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${list}-${chosen}` : undefined}
          aria-invalid={told ? true : undefined}
          aria-describedby={told ? `${list}-error` : undefined}
          placeholder="Filter: words, or field:value such as state:failed dataset:omniglot"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => write(event.target.value, event.target.selectionStart ?? event.target.value.length)}
          onScroll={(event) => {
            if (mirror.current) mirror.current.scrollLeft = event.currentTarget.scrollLeft;
          }}
          onBlur={close}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' && offers.length > 0) setChosen((chosen + 1) % offers.length);
            else if (event.key === 'ArrowUp' && offers.length > 0)
              setChosen(((chosen + offers.length) % (offers.length + 1)) - 1);
            else if (
              (event.key === 'Tab' || event.key === 'Enter') &&
              offers.length > 0 &&
              (chosen >= 0 || event.key === 'Tab')
            )
              take(Math.max(0, chosen));
            else if (event.key === 'Enter') {
              close();
              if (wrong) return;
              applied.current = text;
              onFilter(text);
              document.querySelector<HTMLElement>('[role="treegrid"]')?.focus();
            } else if (event.key === 'Escape' && offers.length > 0) close();
            else if (event.key === 'Escape') input.current?.blur();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        {offers.length > 0 && (
          <ul className="menu offers" id={list} role="listbox" aria-label="Completions">
            {offers.map((offer, index) => (
              <li
                key={offer.text}
                id={`${list}-${index}`}
                role="option"
                aria-selected={index === chosen}
                className="menu-item mono"
                data-highlighted={index === chosen || undefined}
                onPointerDown={(event) => {
                  event.preventDefault();
                  take(index);
                }}
              >
                {offer.text}
              </li>
            ))}
          </ul>
        )}
        {told && offers.length === 0 && (
          <p className="query-error" id={`${list}-error`} role="alert">
            {told.message} Expected: {told.expected}.
          </p>
        )}
      </div>
      {text !== '' && (
        <>
          {!told && <span className="muted t11 nowrap">{matching}</span>}
          <IconButton
            size="small"
            icon="x"
            label="Clear the filter"
            onClick={() => {
              write('', 0);
              applied.current = '';
              onFilter('');
              input.current?.focus();
            }}
          />
        </>
      )}
      <Keys keys="/" />
    </div>
  );
}

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
