import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { basePresetFor } from '../../../shared/run-config/presets.ts';
import { addressOf } from '../../app/addresses.ts';
import { request } from '../../app/core.ts';
import { bytes, exactMoment, moment, plural } from '../../app/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/marks.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { RenameDialog } from '../../ui/rename-dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { exampleNouns, kindIcons } from './dataset-words.ts';

export interface DetailHeadProps {
  readonly dataset: DatasetSummary;
  readonly names: readonly string[];
}

type Open = 'nothing' | 'rename' | 'remove';

/** Name, version, state, and what can be done with a dataset. */
export function DetailHead({ dataset, names }: DetailHeadProps) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>('nothing');
  const acts = useDatasetActs(dataset);
  const stored = dataset.kind !== 'generated';
  return (
    <header className="ddh">
      <Icon name={kindIcons[dataset.kind]} />
      <h2 className="trunc">{dataset.name}</h2>
      {stored && <Tag>version {dataset.version}</Tag>}
      {stored && dataset.verifiedAt !== null && dataset.state === 'ready' && (
        <Tag title={exactMoment(dataset.verifiedAt)}>
          <Icon name="check" small />
          verified {moment(dataset.verifiedAt, Date.now())}
        </Tag>
      )}
      <span className="grow" />
      {stored && (
        <Button icon="refresh" unavailable={acts.verifying} onClick={() => !acts.verifying && void acts.verify()}>
          {acts.verifying ? 'Verifying' : 'Verify'}
        </Button>
      )}
      <Button
        icon="plus"
        onClick={() =>
          navigate(addressOf.newRun(stored ? { dataset: dataset.name } : { preset: basePresetFor(dataset.name).id }))
        }
      >
        New run with it
      </Button>
      {stored && (
        <Menu
          align="end"
          trigger={<IconButton icon="more" label={`More for ${dataset.name}`} />}
          entries={menuOf(dataset, acts.copy, setOpen)}
        />
      )}
      {open === 'rename' && (
        <RenameDialog
          what="dataset"
          current={dataset.name}
          names={names}
          hint="Runs that name this dataset keep the one they used."
          renameTo={(name) => request('datasets.rename', { id: dataset.id, name })}
          onClose={() => setOpen('nothing')}
        />
      )}
      {open === 'remove' && (
        <Confirm
          title={`Remove ${dataset.name}?`}
          text={removalWords(dataset)}
          act={
            dataset.usedByRuns > 0
              ? `Remove dataset used by ${plural(dataset.usedByRuns, 'run')}`
              : `Remove ${dataset.name}`
          }
          onAct={() => void acts.remove()}
          onClose={() => setOpen('nothing')}
        />
      )}
    </header>
  );
}

/** Built-in datasets have neither another name nor an end. */
function menuOf({ origin }: DatasetSummary, copy: () => void, open: (what: Open) => void): readonly MenuEntry[] {
  const digest: MenuEntry = { kind: 'act', icon: 'copy', label: 'Copy the digest', act: copy };
  if (origin === 'built-in') return [digest];
  return [
    digest,
    { kind: 'act', icon: 'note', label: 'Rename…', act: () => open('rename') },
    { kind: 'line' },
    { kind: 'act', icon: 'trash', label: 'Remove…', look: 'danger', act: () => open('remove') },
  ];
}

function useDatasetActs(dataset: DatasetSummary) {
  const navigate = useNavigate();
  const toasts = useToasts();
  const [verifying, setVerifying] = useState(false);
  return {
    verifying,
    verify: async (): Promise<void> => {
      setVerifying(true);
      try {
        const { state } = await request('datasets.verify', { id: dataset.id });
        if (state === 'ready') toasts.tell(`${dataset.name} is as it was imported`, 'check');
      } catch (thrown) {
        toasts.tellFailure(thrown);
      }
      setVerifying(false);
    },
    remove: async (): Promise<void> => {
      try {
        await request('datasets.remove', { id: dataset.id, force: dataset.usedByRuns > 0 ? 'yes' : 'no' });
        toasts.tell(`${dataset.name} removed`, 'trash');
        navigate(addressOf.datasets());
      } catch (thrown) {
        toasts.tellFailure(thrown);
      }
    },
    copy: (): void => {
      const copied = navigator.clipboard.writeText(dataset.sha256);
      copied.then(() => toasts.tell('Digest copied', 'copy'), toasts.tellFailure);
    },
  };
}

const removalWords = ({ kind, usedByRuns, bytes: size }: DatasetSummary): string => {
  const runs =
    usedByRuns === 0
      ? 'No run uses it.'
      : `${plural(usedByRuns, 'run')} used it: their results stay, but they cannot be resumed or evaluated without it.`;
  return `${bytes(size)} of stored ${exampleNouns[kind]}s are deleted, and that cannot be undone. The files that were imported stay where they are. ${runs}`;
};
