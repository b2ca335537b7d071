import { useState } from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Chip } from '../../ui/marks.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { namesOf, type RunActs } from './use-run-acts.ts';

export interface TagDialogProps {
  readonly runs: readonly RunSummary[];
  readonly acts: RunActs;
  readonly onClose: () => void;
}

/** Adds a tag to runs, or takes one from them. */
export function TagDialog({ runs, acts, onClose }: TagDialogProps) {
  const [tag, setTag] = useState('');
  const present = [...new Set(runs.flatMap(({ config }) => config.tags))];
  const add = (): void => {
    const wanted = tag.trim();
    if (wanted === '') return;
    acts.addTag(runs, wanted);
    onClose();
  };
  return (
    <Dialog
      title={`Tag ${namesOf(runs)}`}
      onClose={onClose}
      width={400}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={tag.trim() === ''} onClick={add}>
            Add tag
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextInput
          value={tag}
          onChange={setTag}
          maxLength={40}
          aria-label="Tag"
          placeholder="A word to find them by"
          className="wide"
        />
      </form>
      {present.length > 0 && (
        <p className="row tag-list">
          {present.map((each) => (
            <Chip
              key={each}
              label={each}
              onRemove={() => {
                acts.removeTag(runs, each);
                onClose();
              }}
            />
          ))}
        </p>
      )}
    </Dialog>
  );
}
