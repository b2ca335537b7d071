// biome-ignore-all lint/a11y/useSemanticElements: a combobox with a list of its own, which a datalist cannot style
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a list of options, as the ARIA practice has it
// biome-ignore-all lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
import { type KeyboardEvent, useId, useRef } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Keys } from '../../ui/keys.tsx';
import { filterPieces } from './filter-words.ts';
import { type FilterText, useFilterText } from './use-filter-text.ts';

export interface FilterFieldProps {
  /** The filter that is applied. */
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  /** "312 match" */
  readonly matching: string;
  /** Values for completion, by field. */
  readonly known: Readonly<Record<string, readonly string[]>>;
}

/** Filter of the runs page: coloured as one types, fields complete, an error underlines the word. */
export function FilterField({ filter, onFilter, matching, known }: FilterFieldProps) {
  const field = useFilterText(filter, onFilter, known);
  const { text, offers, chosen, error } = field;
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLElement>(null);
  const id = useId();
  const take = (index: number): void => {
    const offer = offers[index];
    if (!offer) return;
    field.write(offer.filter, offer.caret);
    requestAnimationFrame(() => input.current?.setSelectionRange(offer.caret, offer.caret));
  };
  return (
    <div className={classNames('query', error && 'bad')} role="search">
      <Icon name="search" small className="muted" />
      <div className="query-text">
        <code aria-hidden="true" ref={mirror}>
          <ColouredFilter field={field} />
        </code>
        <input
          ref={input}
          data-filter
          role="combobox"
          aria-label="Filter runs"
          aria-expanded={offers.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${id}-${chosen}` : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          placeholder="Filter: words, or field:value such as state:failed dataset:omniglot"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={({ target }) => field.write(target.value, target.selectionStart ?? target.value.length)}
          onScroll={({ currentTarget }) => {
            if (mirror.current) mirror.current.scrollLeft = currentTarget.scrollLeft;
          }}
          onBlur={field.close}
          onKeyDown={(event) => {
            if (!handleKey(event, field, take)) return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <Offers field={field} id={id} onTake={take} />
        {error && offers.length === 0 && (
          <p className="query-error" id={`${id}-error`} role="alert">
            {error.message} Expected: {error.expected}.
          </p>
        )}
      </div>
      {text !== '' && !error && <span className="muted t11 nowrap">{matching}</span>}
      {text !== '' && (
        <IconButton
          size="small"
          icon="x"
          label="Clear the filter"
          onClick={() => {
            field.clear();
            input.current?.focus();
          }}
        />
      )}
      <Keys keys="/" />
    </div>
  );
}

/** Keys of the field; false for those that only type. Enter goes on to the table. */
function handleKey(
  { key, currentTarget }: KeyboardEvent<HTMLInputElement>,
  { offers, chosen, choose, close, apply }: FilterText,
  take: (index: number) => void,
): boolean {
  const open = offers.length > 0;
  if (open && key === 'ArrowDown') choose((chosen + 1) % offers.length);
  else if (open && key === 'ArrowUp') choose(((chosen + offers.length) % (offers.length + 1)) - 1);
  else if (open && key === 'Tab') take(Math.max(0, chosen));
  else if (open && key === 'Enter' && chosen >= 0) take(chosen);
  else if (key === 'Enter') {
    close();
    apply();
    document.querySelector<HTMLElement>('[role="treegrid"]')?.focus();
  } else if (open && key === 'Escape') close();
  else if (key === 'Escape') currentTarget.blur();
  else return false;
  return true;
}

const pieceClass = { field: 'k', operator: 'o', value: 'v', space: '' } as const;

function ColouredFilter({ field: { text, error } }: { readonly field: FilterText }) {
  const inError = (start: number, length: number): boolean =>
    error !== null && start < error.at + error.length && error.at < start + length;
  return filterPieces(text).map(({ kind, text: piece, start }) => (
    <span key={start} className={classNames(pieceClass[kind], inError(start, piece.length) && 'wrong')}>
      {piece}
    </span>
  ));
}

interface OffersProps {
  readonly field: FilterText;
  readonly id: string;
  readonly onTake: (index: number) => void;
}

function Offers({ field: { offers, chosen }, id, onTake }: OffersProps) {
  if (offers.length === 0) return null;
  return (
    <ul className="menu offers" id={id} role="listbox" aria-label="Completions">
      {offers.map((offer, index) => (
        <li
          key={offer.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          className="menu-item mono"
          data-highlighted={index === chosen || undefined}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(index);
          }}
        >
          {offer.text}
        </li>
      ))}
    </ul>
  );
}
