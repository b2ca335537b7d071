import { useState } from 'react';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { Split } from '../../../shared/runs/run.ts';
import { request } from '../../app/core.ts';
import { count } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/marks.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { SplitColumn } from './split-column.tsx';
import { hasGroups, planOf, type SplitDraft, sameSplits, splitOrder, splitWords, undoMove } from './splits.ts';
import { useSplitMoves } from './use-split-moves.ts';

export interface SplitEditorProps {
  readonly dataset: DatasetSummary;
  readonly classes: readonly DatasetClass[];
  readonly draft: SplitDraft;
  readonly onChange: (draft: SplitDraft) => void;
  /** Positions of the selected classes. */
  readonly onSelect: (members: ReadonlySet<number>) => void;
}

const unitOptions = [
  { value: 'group', label: 'Groups' },
  { value: 'class', label: 'Classes' },
] as const;

/** Groups or classes moved between splits, by dragging or by keyboard; saved as a new version. */
export function SplitEditor({ dataset, classes, draft, onChange, onSelect }: SplitEditorProps) {
  const grouped = hasGroups(classes);
  const [by, setBy] = useState<'group' | 'class'>(grouped ? 'group' : 'class');
  const moves = useSplitMoves({ classes, draft, by, onChange, onSelect });
  const undo = (): void => onChange(undoMove(draft));
  useShortcuts(draft.past.length > 0 ? [['Ctrl Z', undo]] : []);
  const column = (split: Split) => <SplitColumn key={split} split={split} draft={draft} moves={moves} />;
  return (
    <section className="sec2 ed" aria-label="Splits" ref={moves.place}>
      <div className="sh">
        <h3>Splits</h3>
        <Verdict classes={classes} draft={draft} />
        {grouped && (
          <Segmented
            size="small"
            label="Move"
            value={by}
            options={unitOptions}
            onChange={(value) => {
              setBy(value);
              moves.select(new Set());
            }}
          />
        )}
        <SelectionTools selected={moves.selected.size} onMove={(to) => moves.move([...moves.selected], to)} />
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
        {moves.announced}
      </p>
    </section>
  );
}

function Verdict({ classes, draft }: { readonly classes: readonly DatasetClass[]; readonly draft: SplitDraft }) {
  const planned = planOf(classes, draft.now);
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
