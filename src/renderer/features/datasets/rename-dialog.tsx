import { useId, useState } from 'react';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { request } from '../../app/core.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useToasts } from '../../ui/toast.tsx';

export interface RenameDialogProps {
  readonly dataset: DatasetSummary;
  readonly names: readonly string[];
  readonly onClose: () => void;
}

export function RenameDialog({ dataset, names, onClose }: RenameDialogProps) {
  const [name, setName] = useState(dataset.name);
  const [refusal, setRefusal] = useState('');
  const toasts = useToasts();
  const id = useId();
  const wrong = nameTrouble(name, dataset.name, names) || refusal;

  const rename = async (): Promise<void> => {
    if (wrong) return;
    const wanted = name.trim();
    if (wanted === dataset.name) {
      onClose();
      return;
    }
    try {
      await request('datasets.rename', { id: dataset.id, name: wanted });
      onClose();
      await toasts.perform({
        icon: 'note',
        done: `Renamed to ${wanted}`,
        act: () => request('datasets.rename', { id: dataset.id, name: wanted }), // nothing new now; needed for redo
        undo: () => request('datasets.rename', { id: dataset.id, name: dataset.name }),
      });
    } catch (thrown) {
      setRefusal(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  return (
    <Dialog
      title={`Rename ${dataset.name}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={wrong !== ''} onClick={() => void rename()}>
            Rename
          </Button>
        </>
      }
    >
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <label htmlFor={id}>Name</label>
        <TextInput
          id={id}
          value={name}
          autoFocus
          invalid={wrong !== ''}
          aria-describedby={`${id}-wrong`}
          onChange={(text) => {
            setName(text);
            setRefusal('');
          }}
        />
        <p id={`${id}-wrong`} className={wrong ? 'wrong t11' : 'muted t11'} aria-live="polite">
          {wrong || 'Runs that name this dataset keep the one they used.'}
        </p>
      </form>
    </Dialog>
  );
}

function nameTrouble(name: string, current: string, names: readonly string[]): string {
  const wanted = name.trim();
  if (wanted === '') return 'A dataset needs a name.';
  if (wanted.length > 100) return 'A name has at most 100 characters.';
  const taken = names.some((other) => other !== current && other.toLowerCase() === wanted.toLowerCase());
  return taken ? `There is a dataset "${wanted}" already.` : '';
}
