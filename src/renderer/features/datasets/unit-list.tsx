import { type KeyboardEvent, useRef, useState } from 'react';
import { count } from '../../app/format.ts';
import { classNames } from '../../ui/class-names.ts';
import type { Unit } from './splits.ts';

export interface UnitListProps {
  readonly label: string;
  readonly units: readonly Unit[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (keys: ReadonlySet<string>) => void;
  /** Into the next (1) or the previous (-1) split. */
  readonly onMove: (keys: readonly string[], by: 1 | -1) => void;
  readonly onDragStart: (keys: readonly string[]) => void;
  readonly onDragEnd: () => void;
}

/** A list box: arrows walk, Space selects, Ctrl with arrows moves into the split beside. */
export function UnitList({ label, units, selected, onSelect, onMove, onDragStart, onDragEnd }: UnitListProps) {
  const [current, setCurrent] = useState(0);
  const at = Math.min(current, units.length - 1);
  const list = useRef<HTMLUListElement>(null);
  const toggle = (key: string): void => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect(next);
  };
  /** The selected ones of this list when the unit is among them, else it alone. */
  const withSelected = (key: string): readonly string[] =>
    selected.has(key) ? units.filter((unit) => selected.has(unit.key)).map((unit) => unit.key) : [key];

  const onKeyDown = (event: KeyboardEvent): void => {
    const unit = units[at];
    if (!unit) return;
    const forward = event.key === 'ArrowRight' || event.key === 'ArrowDown';
    const backward = event.key === 'ArrowLeft' || event.key === 'ArrowUp';
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && (forward || backward)) onMove(withSelected(unit.key), forward ? 1 : -1);
    else if (forward || backward) focusAt(at + (forward ? 1 : -1));
    else if (event.key === 'Home') focusAt(0);
    else if (event.key === 'End') focusAt(units.length - 1);
    else if (event.key === ' ' || event.key === 'Enter') toggle(unit.key);
    else if (ctrl && event.key.toLowerCase() === 'a') onSelect(new Set(units.map(({ key }) => key)));
    else if (event.key === 'Escape' && selected.size > 0) onSelect(new Set());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const focusAt = (next: number): void => {
    if (next < 0 || next >= units.length) return;
    setCurrent(next);
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[next]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list box, as the ARIA practice builds it
    <ul ref={list} role="listbox" aria-label={label} aria-multiselectable="true" onKeyDown={onKeyDown}>
      {units.map((unit, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of all options
        <li
          key={unit.key}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: an option of the list box
          role="option"
          data-unit={unit.key}
          aria-selected={selected.has(unit.key)}
          tabIndex={index === at ? 0 : -1}
          draggable
          className={classNames(selected.has(unit.key) && 'sel', unit.moved === 'yes' && 'moved')}
          title={unit.moved === 'yes' ? `${unit.label}: moved, not saved yet` : unit.label}
          onFocus={() => setCurrent(index)}
          onClick={() => toggle(unit.key)}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', unit.label);
            onDragStart(withSelected(unit.key));
          }}
          onDragEnd={onDragEnd}
        >
          {unit.label}
          {unit.members.length > 1 && <span>{count(unit.members.length)}</span>}
        </li>
      ))}
    </ul>
  );
}
