import { type FormEvent, useId, useState } from 'react';
import type { ModelSummary } from '../../../shared/models/model.ts';
import { request } from '../../app/core.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { nameTrouble } from './model-words.ts';

export interface RenameModelDialogProps {
  readonly model: ModelSummary;
  readonly names: readonly string[];
  readonly onClose: () => void;
}

export function RenameModelDialog({ model, names, onClose }: RenameModelDialogProps) {
  const [name, setName] = useState(model.name);
  const [refusal, setRefusal] = useState('');
  const toasts = useToasts();
  const id = useId();
  const wrong = nameTrouble(name, model.name, names) || refusal;
  const renameTo = (wanted: string) => request('models.rename', { id: model.id, name: wanted });

  const rename = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (wrong) return;
    const wanted = name.trim();
    try {
      await renameTo(wanted);
    } catch (thrown) {
      setRefusal(thrown instanceof Error ? thrown.message : String(thrown));
      return;
    }
    onClose();
    if (wanted === model.name) return;
    await toasts.perform({
      icon: 'note',
      done: `Renamed to ${wanted}`,
      act: () => renameTo(wanted), // nothing new now; needed for redo
      undo: () => renameTo(model.name),
    });
  };
  return (
    <Dialog
      title={`Rename ${model.name}`}
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
      <form className="dialog-form" onSubmit={(event) => void rename(event)}>
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
          {wrong || 'Runs that name this model go on to find it.'}
        </p>
      </form>
    </Dialog>
  );
}
