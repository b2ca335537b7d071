import { useId, useState } from 'react';
import { request } from '../../app/core.ts';
import { plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { RunPicker } from './run-picker.tsx';
import { savedIn, storeComparisons, withComparison } from './saved-comparisons.ts';

export interface AddRunsDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onPicked: (ids: readonly string[]) => void;
}

export function AddRunsDialog({ ids, onClose, onPicked }: AddRunsDialogProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(ids));
  const same = chosen.size === ids.length && ids.every((id) => chosen.has(id));
  return (
    <Dialog
      title="Runs of this comparison"
      onClose={onClose}
      width={560}
      footer={
        <>
          <span className="grow t12 soft num">{plural(chosen.size, 'run')} picked</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            unavailable={same || chosen.size === 0}
            onClick={() => {
              if (same || chosen.size === 0) return;
              onClose();
              onPicked([...ids.filter((id) => chosen.has(id)), ...[...chosen].filter((id) => !ids.includes(id))]);
            }}
          >
            Compare these
          </Button>
        </>
      }
    >
      <RunPicker chosen={chosen} onChange={setChosen} />
    </Dialog>
  );
}

export interface SaveDialogProps {
  readonly title: string;
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** A name for the comparison; it is listed under Compare from then on. */
export function SaveDialog({ title, ids, onClose }: SaveDialogProps) {
  const [name, setName] = useState(title);
  const id = useId();
  const toasts = useToasts();
  const save = async (): Promise<void> => {
    const wanted = name.trim();
    if (wanted === '') return;
    try {
      const saved = savedIn(await request('settings.get', null));
      await storeComparisons(withComparison(saved, { name: wanted, runs: ids }));
      toasts.tell(`${wanted} saved, see Compare`, 'pin');
      onClose();
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
  };
  return (
    <Dialog
      title="Save this comparison"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={name.trim() === ''} onClick={() => void save()}>
            Save comparison
          </Button>
        </>
      }
    >
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label htmlFor={id}>Name</label>
        <TextInput id={id} value={name} autoFocus onChange={setName} />
        <p className="muted t11">A saved comparison of the same name is replaced.</p>
      </form>
    </Dialog>
  );
}
