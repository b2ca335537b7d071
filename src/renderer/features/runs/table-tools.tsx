import { useState } from 'react';
import { removeView, saveView, useSavedViews } from '../../app/saved-views.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ColumnId, columns } from './columns.ts';
import type { TableSettings } from './page-memory.ts';

export interface TableToolsProps {
  readonly grouping: TableSettings['grouping'];
  readonly onGrouping: (grouping: TableSettings['grouping']) => void;
  readonly hidden: ReadonlySet<ColumnId>;
  readonly onHidden: (hidden: ReadonlySet<ColumnId>) => void;
  readonly filter: string;
}

/** Grouping, columns, and keeping the filter as a view. */
export function TableTools({ grouping, onGrouping, hidden, onHidden, filter }: TableToolsProps) {
  const [naming, setNaming] = useState(false);
  const views = useSavedViews();
  const toasts = useToasts();
  const saved = views.find((view) => view.filter === filter);
  const toggle = (id: ColumnId, on: boolean): void => {
    const next = new Set(hidden);
    if (on) next.delete(id);
    else next.add(id);
    onHidden(next);
  };
  return (
    <>
      <Menu
        trigger={
          <Button icon="group">
            Group<span className="val c-hide">{grouping === 'none' ? 'None' : 'All but seed'}</span>
          </Button>
        }
        entries={[
          {
            kind: 'choice',
            label: 'Group by',
            value: grouping,
            options: [
              { value: 'all-but-seed', label: 'Config, all but seed' },
              { value: 'none', label: 'Nothing' },
            ],
            act: (value) => onGrouping(value === 'none' ? 'none' : 'all-but-seed'),
          },
        ]}
      />
      <Menu
        trigger={
          <Button icon="columns">
            Columns
            <span className="val c-hide">
              {columns.length - hidden.size} of {columns.length}
            </span>
          </Button>
        }
        entries={columns.map(({ id, title }) => ({
          kind: 'check' as const,
          label: title,
          checked: !hidden.has(id),
          act: (on: boolean) => toggle(id, on),
        }))}
      />
      {filter !== '' && (
        <Button
          icon="pin"
          onClick={() => (saved ? void removeView(saved.name).catch(toasts.tellFailure) : setNaming(true))}
        >
          {saved ? 'Remove view' : 'Save view'}
        </Button>
      )}
      {naming && <ViewNameDialog filter={filter} onClose={() => setNaming(false)} />}
    </>
  );
}

function ViewNameDialog({ filter, onClose }: { readonly filter: string; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const toasts = useToasts();
  const save = (): void => {
    if (name.trim() === '') return;
    saveView({ name: name.trim(), filter }).then(
      () => toasts.tell(`View “${name.trim()}” saved`, 'pin'),
      toasts.tellFailure,
    );
    onClose();
  };
  return (
    <Dialog
      title="Save view"
      onClose={onClose}
      width={400}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={name.trim() === ''} onClick={save}>
            Save view
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextInput
          className="wide"
          value={name}
          onChange={setName}
          maxLength={60}
          aria-label="Name of the view"
          placeholder="Name of the view"
        />
      </form>
      <p className="mono view-filter">{filter}</p>
    </Dialog>
  );
}
