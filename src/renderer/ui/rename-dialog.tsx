import { type FormEvent, useId, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextInput } from './text-input.tsx';
import { useToasts } from './toast.tsx';

export interface RenameDialogProps {
  readonly what: 'dataset' | 'model';
  readonly current: string;
  /** Of all others of its kind, and its own. */
  readonly names: readonly string[];
  /** What becomes of the runs that name it. */
  readonly hint: string;
  readonly renameTo: (name: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Gives something of a library another name, which can be undone. */
export function RenameDialog({ what, current, names, hint, renameTo, onClose }: RenameDialogProps) {
  const [name, setName] = useState(current);
  const [refusal, setRefusal] = useState('');
  const toasts = useToasts();
  const id = useId();
  const wrong = nameTrouble(what, name, current, names) || refusal;

  const rename = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (wrong) return;
    const wanted = name.trim();
    if (wanted === current) {
      onClose();
      return;
    }
    try {
      await renameTo(wanted);
    } catch (thrown) {
      setRefusal(thrown instanceof Error ? thrown.message : String(thrown));
      return;
    }
    onClose();
    await toasts.perform({
      icon: 'note',
      done: `Renamed to ${wanted}`,
      act: () => renameTo(wanted), // nothing new now; needed for redo
      undo: () => renameTo(current),
    });
  };
  return (
    <Dialog
      title={`Rename ${current}`}
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
          {wrong || hint}
        </p>
      </form>
    </Dialog>
  );
}

/** What is wrong with a name for a dataset or a model; '' when nothing is. */
export function nameTrouble(
  what: RenameDialogProps['what'],
  name: string,
  current: string,
  names: readonly string[],
): string {
  const wanted = name.trim();
  if (wanted === '') return `A ${what} needs a name.`;
  if (wanted.length > 100) return 'A name has at most 100 characters.';
  const taken = names.some((other) => other !== current && other.toLowerCase() === wanted.toLowerCase());
  return taken ? `There is a ${what} "${wanted}" already.` : '';
}
