import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ModelSummary } from '../../../shared/models/model.ts';
import { addressOf } from '../../app/addresses.ts';
import { request } from '../../app/core.ts';
import { plural } from '../../app/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/marks.tsx';
import { Menu } from '../../ui/menu.tsx';
import { RenameDialog } from '../../ui/rename-dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { removalWords } from './model-words.ts';

export interface ModelHeadProps {
  readonly model: ModelSummary;
  readonly names: readonly string[];
}

/** Name, origin, and what can be done with a model. */
export function ModelHead({ model, names }: ModelHeadProps) {
  const [open, setOpen] = useState<'nothing' | 'rename' | 'remove'>('nothing');
  const acts = useModelActs(model);
  const navigate = useNavigate();
  const close = (): void => setOpen('nothing');
  return (
    <header className="ddh">
      <Icon name="model" />
      <h2 className="trunc">{model.name}</h2>
      <Tag>{model.origin === 'imported' ? 'imported' : 'made by a run'}</Tag>
      <span className="grow" />
      {model.state === 'ready' && (
        <Button icon="plus" onClick={() => navigate(addressOf.newRun({ start: model.id }))}>
          Fine-tune from it
        </Button>
      )}
      <Button icon="refresh" unavailable={acts.verifying} onClick={() => !acts.verifying && void acts.verify()}>
        {acts.verifying ? 'Verifying' : 'Verify'}
      </Button>
      <Menu
        align="end"
        trigger={<IconButton icon="more" label={`More for ${model.name}`} />}
        entries={[
          { kind: 'act', icon: 'copy', label: 'Copy the digest', act: acts.copy },
          { kind: 'act', icon: 'note', label: 'Rename…', act: () => setOpen('rename') },
          { kind: 'line' },
          { kind: 'act', icon: 'trash', label: 'Remove…', look: 'danger', act: () => setOpen('remove') },
        ]}
      />
      {open === 'rename' && (
        <RenameDialog
          what="model"
          current={model.name}
          names={names}
          hint="Runs that name this model go on to find it."
          renameTo={(name) => request('models.rename', { id: model.id, name })}
          onClose={close}
        />
      )}
      {open === 'remove' && (
        <Confirm
          title={`Remove ${model.name}?`}
          text={removalWords(model)}
          act={
            model.usedByRuns > 0 ? `Remove model used by ${plural(model.usedByRuns, 'run')}` : `Remove ${model.name}`
          }
          onAct={() => void acts.remove()}
          onClose={close}
        />
      )}
    </header>
  );
}

function useModelActs(model: ModelSummary) {
  const navigate = useNavigate();
  const toasts = useToasts();
  const [verifying, setVerifying] = useState(false);
  return {
    verifying,
    verify: async (): Promise<void> => {
      setVerifying(true);
      try {
        const { state } = await request('models.verify', { id: model.id });
        if (state === 'ready') toasts.tell(`${model.name} is as it was added`, 'check');
      } catch (thrown) {
        toasts.tellFailure(thrown);
      }
      setVerifying(false);
    },
    remove: async (): Promise<void> => {
      try {
        await request('models.remove', { id: model.id, force: model.usedByRuns > 0 ? 'yes' : 'no' });
        toasts.tell(`${model.name} removed`, 'trash');
        navigate(addressOf.models());
      } catch (thrown) {
        toasts.tellFailure(thrown);
      }
    },
    copy: (): void => {
      navigator.clipboard.writeText(model.sha256).then(() => toasts.tell('Digest copied', 'copy'), toasts.tellFailure);
    },
  };
}
