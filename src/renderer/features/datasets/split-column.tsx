import { type DragEvent, useState } from 'react';
import type { Split } from '../../../shared/runs/run.ts';
import { count, plural } from '../../app/format.ts';
import { classNames } from '../../ui/class-names.ts';
import { countIn, type SplitDraft, splitWords } from './splits.ts';
import { UnitList } from './unit-list.tsx';
import type { SplitMoves } from './use-split-moves.ts';

export interface SplitColumnProps {
  readonly split: Split;
  readonly draft: SplitDraft;
  readonly moves: SplitMoves;
}

const splitClass: Readonly<Record<Split, string>> = { train: 's_tr', validation: 's_va', test: 's_te', unused: 's_un' };

/** One split with its units; units of others are dropped on it. */
export function SplitColumn({ split, draft, moves }: SplitColumnProps) {
  const [over, setOver] = useState(false);
  const size = countIn(draft.now, split);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way; the list's keys and the buttons are others
    <div
      className={classNames(splitClass[split], over && 'over')}
      onDragOver={(event) => {
        if (moves.dragged.current.length === 0) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!contains(event)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        moves.move(moves.dragged.current, split);
        moves.dragged.current = [];
      }}
    >
      <h4>
        <i className="key" />
        {splitWords[split]}
        <b>{count(size)}</b>
      </h4>
      <UnitList
        label={`${splitWords[split]}, ${plural(size, 'class', 'classes')}`}
        units={moves.units[split]}
        selected={moves.selected}
        onSelect={moves.select}
        onMove={(keys, by) => moves.moveBeside(keys, split, by)}
        onDragStart={(keys) => {
          moves.dragged.current = keys;
        }}
        onDragEnd={() => {
          moves.dragged.current = [];
          setOver(false);
        }}
      />
    </div>
  );
}

const contains = (event: DragEvent): boolean => event.currentTarget.contains(event.relatedTarget as Node | null);
