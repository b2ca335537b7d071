import { useState } from 'react';
import { Link } from 'react-router';
import { addressOf } from '../../app/addresses.ts';
import { request, shell, useRequest } from '../../app/core.ts';
import { useFacts } from '../../app/facts.tsx';
import { bytes, plural } from '../../app/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { Section, SettingRow } from './section.tsx';

export function Storage() {
  const toasts = useToasts();
  const info = useRequest('app.info', null);
  const datasets = useRequest('datasets.list', null, { refreshOn: ['dataset.changed', 'dataset.removed'] });
  const size = (datasets.value ?? []).reduce((sum, dataset) => sum + dataset.bytes, 0);
  const home = info.value?.home;
  const copy = (path: string): void => {
    navigator.clipboard.writeText(path).then(() => toasts.tell('Path copied', 'copy'), toasts.tellFailure);
  };
  return (
    <Section id="storage" title="Storage">
      <SettingRow
        label="Data folder"
        help={
          home ? <span className="mono path">{home}</span> : 'Runs, metrics, checkpoints and datasets are kept there.'
        }
      >
        {home && <IconButton icon="copy" label="Copy the path" onClick={() => copy(home)} />}
        <Button icon="folder" onClick={() => void shell.openDataFolder().catch(toasts.tellFailure)}>
          Open data folder
        </Button>
      </SettingRow>
      <SettingRow
        label="Datasets"
        help={datasets.value ? `${plural(datasets.value.length, 'dataset')}, ${bytes(size)}` : '–'}
      >
        <Link className="btn" to={addressOf.datasets()}>
          Datasets
        </Link>
      </SettingRow>
      <Bin />
    </Section>
  );
}

function Bin() {
  const toasts = useToasts();
  const { inBin } = useFacts();
  const [asking, setAsking] = useState(false);
  const empty = async (): Promise<void> => {
    try {
      const { removed } = await request('runs.empty-bin', null);
      toasts.tell(`${plural(removed, 'run')} deleted for good`, 'trash');
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
  };
  if (!inBin) return <SettingRow label="Bin" help={inBin === 0 ? 'Empty. Deleted runs stay here for 30 days.' : '–'} />;
  return (
    <SettingRow label="Bin" help={`${plural(inBin, 'run')}. Each is deleted for good after 30 days.`}>
      <Link className="btn" to={addressOf.runs('', 'bin')}>
        Show
      </Link>
      <Button look="danger" icon="trash" onClick={() => setAsking(true)}>
        Empty bin
      </Button>
      {asking && (
        <Confirm
          title="Empty the bin?"
          text={`${plural(inBin, 'run')} with metrics, log and checkpoints. That cannot be undone.`}
          act={`Delete ${plural(inBin, 'run')}`}
          onAct={() => void empty()}
          onClose={() => setAsking(false)}
        />
      )}
    </SettingRow>
  );
}
