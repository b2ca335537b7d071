import { type DragEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';
import { request } from '../../app/core.ts';
import { count, plural } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/marks.tsx';
import { useToasts } from '../../ui/toast.tsx';
import {
  countIn,
  hasGroups,
  moveClasses,
  planOf,
  type SplitDraft,
  sameSplits,
  splitOrder,
  splitWords,
  undoMove,
  unitsOf,
} from './splits.ts';
import { UnitList } from './unit-list.tsx';

export interface SplitEditorProps {
  readonly dataset: DatasetSummary;
  readonly classes: readonly DatasetClass[];
  readonly draft: SplitDraft;
  readonly onChange: (draft: SplitDraft) => void;
  /** Positions of the selected classes. */
  readonly onSelect: (members: ReadonlySet<number>) => void;
}

const splitClass: Readonly<Record<Split, string>> = { train: 's_tr', validation: 's_va', test: 's_te', unused: 's_un' };

/** Groups or classes moved between splits, by dragging or by keyboard; saved as a new version. */
export function SplitEditor({ dataset, classes, draft, onChange, onSelect }: SplitEditorProps) {
  const grouped = hasGroups(classes);
  const [by, setBy] = useState<'group' | 'class'>(grouped ? 'group' : 'class');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [announced, setAnnounced] = useState('');
  const [dropSplit, setDropSplit] = useState<Split | null>(null);
  const moving = useRef<readonly string[]>([]);
  const focusNext = useRef<string | null>(null);
  const place = useRef<HTMLElement>(null);
  const units = useMemo(() => unitsOf(classes, draft, by), [classes, draft, by]);
  const byKey = useMemo(
    () => new Map(splitOrder.flatMap((split) => units[split].map((unit) => [unit.key, unit] as const))),
    [units],
  );

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
    const names =
      moved.length === 1
        ? moved[0]!.label
        : plural(moved.length, by === 'group' ? 'group' : 'class', by === 'group' ? 'groups' : 'classes');
    setAnnounced(`${names} moved to ${splitWords[to].toLowerCase()}, ${plural(members.length, 'class', 'classes')}`);
    select(new Set());
  };
  useEffect(() => {
    if (focusNext.current === null) return;
    const key = focusNext.current;
    focusNext.current = null;
    place.current?.querySelector<HTMLElement>(`[data-unit="${CSS.escape(key)}"]`)?.focus();
  });
  const undo = (): void => onChange(undoMove(draft));
  useShortcuts(draft.past.length > 0 ? [['Ctrl Z', undo]] : []);

  const dropOn = (to: Split) => ({
    onDragOver: (event: DragEvent) => {
      if (moving.current.length === 0) return;
      event.preventDefault();
      setDropSplit(to);
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropSplit(null);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setDropSplit(null);
      move(moving.current, to);
      moving.current = [];
    },
  });
  const column = (split: Split) => (
    <div key={split} className={classNames(splitClass[split], dropSplit === split && 'over')} {...dropOn(split)}>
      <h4>
        <i className="key" />
        {splitWords[split]}
        <b>{count(countIn(draft.now, split))}</b>
      </h4>
      <UnitList
        label={`${splitWords[split]}, ${plural(countIn(draft.now, split), 'class', 'classes')}`}
        units={units[split]}
        selected={selected}
        onSelect={select}
        onMove={(keys, by) => {
          const to = splitOrder[splitOrder.indexOf(split) + by];
          if (!to) return;
          const [first] = keys;
          focusNext.current = first === undefined ? null : first.replace(split, to);
          move(keys, to);
        }}
        onDragStart={(keys) => {
          moving.current = keys;
        }}
        onDragEnd={() => {
          moving.current = [];
          setDropSplit(null);
        }}
      />
    </div>
  );
  return (
    <section className="sec2 ed" aria-label="Splits" ref={place}>
      <div className="sh">
        <h3>Splits</h3>
        <Verdict classes={classes} draft={draft} />
        {grouped && (
          <Segmented
            size="small"
            label="Move"
            value={by}
            options={[
              { value: 'group', label: 'Groups' },
              { value: 'class', label: 'Classes' },
            ]}
            onChange={(value) => {
              setBy(value);
              select(new Set());
            }}
          />
        )}
        <SelectionTools selected={selected.size} onMove={(to) => move([...selected], to)} />
        <span className="grow" />
        {draft.past.length > 0 && (
          <Button look="quiet" size="small" icon="undo" onClick={undo}>
            Undo
          </Button>
        )}
        <SaveButton dataset={dataset} classes={classes} draft={draft} />
      </div>
      <div className="spl">{splitOrder.slice(0, 3).map(column)}</div>
      <div className="spl rest">{column('unused')}</div>
      <p className="sr-only" aria-live="polite">
        {announced}
      </p>
    </section>
  );
}

function Verdict({ classes, draft }: { readonly classes: readonly DatasetClass[]; readonly draft: SplitDraft }) {
  const planned = useMemo(() => planOf(classes, draft.now), [classes, draft.now]);
  if (!planned.ok) {
    return (
      <Tag look="danger" title={planned.message}>
        <Icon name="alert" small />
        {planned.message}
      </Tag>
    );
  }
  return (
    <Tag look="ok">
      <Icon name="check" small />
      no class in two splits
    </Tag>
  );
}

function SelectionTools({ selected, onMove }: { readonly selected: number; readonly onMove: (to: Split) => void }) {
  if (selected === 0) return <span className="muted t11 trunc">drag to move, or select and press a split</span>;
  return (
    <span className="moves">
      <span className="t11 soft num">{count(selected)} to</span>
      {splitOrder.map((split) => (
        <Button key={split} size="small" onClick={() => onMove(split)}>
          {splitWords[split]}
        </Button>
      ))}
    </span>
  );
}

interface SaveButtonProps {
  readonly dataset: DatasetSummary;
  readonly classes: readonly DatasetClass[];
  readonly draft: SplitDraft;
}

function SaveButton({ dataset, classes, draft }: SaveButtonProps) {
  const toasts = useToasts();
  const [saving, setSaving] = useState(false);
  if (sameSplits(draft.now, draft.saved)) return null;
  const planned = planOf(classes, draft.now);
  const save = async (): Promise<void> => {
    if (!planned.ok) {
      toasts.tell(`Not saved: ${planned.message}`, 'alert');
      return;
    }
    setSaving(true);
    try {
      const { version } = await request('datasets.split', { id: dataset.id, splits: planned.plan });
      toasts.tell(`Saved as version ${version}. Runs keep the version they used.`, 'save');
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
    setSaving(false);
  };
  return (
    <Button size="small" look="primary" unavailable={!planned.ok || saving} onClick={() => void save()}>
      {saving ? 'Saving' : `Save as version ${dataset.version + 1}`}
    </Button>
  );
}
