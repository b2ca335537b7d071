import { useEffect, useMemo, useRef, useState } from 'react';
import type { DatasetClass } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';
import { plural } from '../../app/format.ts';
import { moveClasses, type SplitDraft, splitOrder, splitWords, type Unit, unitsOf } from './splits.ts';

interface SplitMovesOptions {
  readonly classes: readonly DatasetClass[];
  readonly draft: SplitDraft;
  readonly by: 'group' | 'class';
  readonly onChange: (draft: SplitDraft) => void;
  readonly onSelect: (members: ReadonlySet<number>) => void;
}

export type SplitMoves = ReturnType<typeof useSplitMoves>;

/** Selecting and moving units between splits; the focus goes along, and what was moved is said. */
export function useSplitMoves({ classes, draft, by, onChange, onSelect }: SplitMovesOptions) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [announced, setAnnounced] = useState('');
  /** Keys of the units being dragged; empty when none are. */
  const dragged = useRef<readonly string[]>([]);
  const focusNext = useRef<string | null>(null);
  const place = useRef<HTMLElement>(null);
  const units = useMemo(() => unitsOf(classes, draft, by), [classes, draft, by]);
  const byKey = useMemo(
    () => new Map(splitOrder.flatMap((split) => units[split].map((unit) => [unit.key, unit] as const))),
    [units],
  );
  useEffect(() => {
    if (focusNext.current === null) return;
    const key = focusNext.current;
    focusNext.current = null;
    place.current?.querySelector<HTMLElement>(`[data-unit="${CSS.escape(key)}"]`)?.focus();
  });

  const select = (keys: ReadonlySet<string>): void => {
    setSelected(keys);
    onSelect(new Set([...keys].flatMap((key) => byKey.get(key)?.members ?? [])));
  };
  const move = (keys: readonly string[], to: Split): void => {
    const moved = keys.flatMap((key) => byKey.get(key) ?? []);
    const members = moved.flatMap((unit) => unit.members);
    const next = moveClasses(draft, members, to);
    if (next === draft) return;
    onChange(next);
    setAnnounced(
      `${namesOf(moved, by)} moved to ${splitWords[to].toLowerCase()}, ${plural(members.length, 'class', 'classes')}`,
    );
    select(new Set());
  };
  /** Into the split beside; the first unit keeps the focus there. */
  const moveBeside = (keys: readonly string[], from: Split, by: 1 | -1): void => {
    const to = splitOrder[splitOrder.indexOf(from) + by];
    if (!to) return;
    focusNext.current = keys[0]?.replace(from, to) ?? null;
    move(keys, to);
  };
  return { place, units, selected, announced, dragged, select, move, moveBeside };
}

function namesOf(moved: readonly Unit[], by: 'group' | 'class'): string {
  if (moved.length === 1) return moved[0]!.label;
  return by === 'group' ? plural(moved.length, 'group') : plural(moved.length, 'class', 'classes');
}
