import { useEffect, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { addressOf } from '../../app/addresses.ts';
import { request, useRequest } from '../../app/core.ts';
import { bytes, count, exactMoment, moment, plural } from '../../app/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/marks.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { FailureLine, Skeleton } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { BalanceChart } from './balance-chart.tsx';
import { ClassGrid } from './class-grid.tsx';
import { GeneratedDetail } from './generated-detail.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { SplitEditor } from './split-editor.tsx';
import { draftOf } from './splits.ts';

export interface DatasetDetailProps {
  readonly dataset: DatasetSummary;
  /** Names that are taken, for renaming. */
  readonly names: readonly string[];
}

/** One dataset: facts, classes, balance, splits. */
export function DatasetDetail({ dataset, names }: DatasetDetailProps) {
  return (
    <section className="dd" aria-label={dataset.name} data-region="Dataset">
      <DetailHead dataset={dataset} names={names} />
      <StateLine dataset={dataset} />
      {dataset.kind === 'generated' ? (
        <GeneratedDetail dataset={dataset} />
      ) : (
        <ImageDetail key={`${dataset.id} ${dataset.version}`} dataset={dataset} />
      )}
    </section>
  );
}

function ImageDetail({ dataset }: { readonly dataset: DatasetSummary }) {
  const detail = useRequest('datasets.get', { id: dataset.id });
  if (detail.failure && !detail.value) return <FailureLine message={detail.failure.message} onRetry={detail.refresh} />;
  return (
    <>
      <Facts dataset={dataset} classes={detail.value?.classes} />
      {detail.value ? (
        <Sections dataset={dataset} classes={detail.value.classes} />
      ) : (
        <div className="sec2 wait">
          <Skeleton width="100%" height={113} />
          <Skeleton width="100%" height={112} />
          <Skeleton width="100%" height={280} />
        </div>
      )}
    </>
  );
}

function Sections({
  dataset,
  classes,
}: {
  readonly dataset: DatasetSummary;
  readonly classes: readonly DatasetClass[];
}) {
  const [draft, setDraft] = useState(() => draftOf(classes));
  const [hot, setHot] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => setDraft(draftOf(classes)), [classes]);
  const noun = dataset.layout?.polarity === 'ink-dark' ? 'drawing' : 'image';
  return (
    <>
      <ClassGrid dataset={dataset} classes={classes} />
      <BalanceChart classes={classes} now={draft.now} hot={hot} noun={noun} />
      <SplitEditor dataset={dataset} classes={classes} draft={draft} onChange={setDraft} onSelect={setHot} />
    </>
  );
}

function Facts({
  dataset,
  classes,
}: {
  readonly dataset: DatasetSummary;
  readonly classes: readonly DatasetClass[] | undefined;
}) {
  const perClass = useMemo(() => perClassWords(classes), [classes]);
  return (
    <dl className="facts">
      <Fact name="Classes" value={count(dataset.classes)} />
      <Fact name="Examples" value={count(dataset.examples)} />
      <Fact name="Per class" value={perClass} />
      <Fact name="Stored as" value={`uint8, ${bytes(dataset.bytes)}`} />
      <div>
        <dt>Used by</dt>
        <dd>
          {dataset.usedByRuns === 0 ? (
            'no run'
          ) : (
            <Link to={addressOf.runs(`dataset:${quotedTerm(dataset.name)}`)}>{plural(dataset.usedByRuns, 'run')}</Link>
          )}
        </dd>
      </div>
      <div>
        <dt>SHA-256</dt>
        <dd className="mono" title={dataset.sha256}>
          {dataset.sha256.slice(0, 8)}…{dataset.sha256.slice(-4)}
        </dd>
      </div>
    </dl>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

/** A value of the filter language; quoted where it has other characters than words do. */
const quotedTerm = (name: string): string => (/^[\w.-]+$/.test(name) ? name : `"${name.replaceAll('"', '')}"`);

function perClassWords(classes: readonly DatasetClass[] | undefined): string {
  if (!classes || classes.length === 0) return '–';
  const sizes = classes.map(({ examples }) => examples);
  const [fewest, most] = [Math.min(...sizes), Math.max(...sizes)];
  return fewest === most ? `${count(fewest)}, balanced` : `${count(fewest)} to ${count(most)}`;
}

function StateLine({ dataset }: { readonly dataset: DatasetSummary }) {
  if (dataset.state === 'ready') return null;
  const message =
    dataset.state === 'unreadable'
      ? 'The stored images cannot be read. Put the data folder back as it was and verify, or remove the dataset and import it again.'
      : 'The stored images are not what was imported: their digest differs. Runs that use them would not be repeatable.';
  return <FailureLine message={message} />;
}

function DetailHead({ dataset, names }: DatasetDetailProps) {
  const navigate = useNavigate();
  const toasts = useToasts();
  const [open, setOpen] = useState<'nothing' | 'rename' | 'remove'>('nothing');
  const [verifying, setVerifying] = useState(false);
  const stored = dataset.kind === 'image-classes';
  const own = stored && dataset.origin === 'imported';

  const verify = async (): Promise<void> => {
    setVerifying(true);
    try {
      const { state } = await request('datasets.verify', { id: dataset.id });
      if (state === 'ready') toasts.tell(`${dataset.name} is as it was imported`, 'check');
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
    setVerifying(false);
  };
  const remove = async (): Promise<void> => {
    try {
      await request('datasets.remove', { id: dataset.id, force: dataset.usedByRuns > 0 ? 'yes' : 'no' });
      toasts.tell(`${dataset.name} removed`, 'trash');
      navigate(addressOf.datasets());
    } catch (thrown) {
      toasts.tellFailure(thrown);
    }
  };
  const copy = (): void => {
    navigator.clipboard.writeText(dataset.sha256).then(() => toasts.tell('Digest copied', 'copy'), toasts.tellFailure);
  };
  const entries: MenuEntry[] = [
    { kind: 'act', icon: 'copy', label: 'Copy the digest', act: copy },
    ...(own
      ? ([
          { kind: 'act', icon: 'note', label: 'Rename…', act: () => setOpen('rename') },
          { kind: 'line' },
          { kind: 'act', icon: 'trash', label: 'Remove…', look: 'danger', act: () => setOpen('remove') },
        ] satisfies MenuEntry[])
      : []),
  ];
  return (
    <header className="ddh">
      <Icon name={stored ? 'image' : 'sine'} />
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
        <Button icon="refresh" unavailable={verifying} onClick={() => !verifying && void verify()}>
          {verifying ? 'Verifying' : 'Verify'}
        </Button>
      )}
      <Button
        icon="plus"
        onClick={() => navigate(addressOf.newRun(stored ? { dataset: dataset.name } : { preset: 'finn-sinusoid' }))}
      >
        New run with it
      </Button>
      {stored && (
        <Menu align="end" trigger={<IconButton icon="more" label={`More for ${dataset.name}`} />} entries={entries} />
      )}
      {open === 'rename' && <RenameDialog dataset={dataset} names={names} onClose={() => setOpen('nothing')} />}
      {open === 'remove' && (
        <Confirm
          title={`Remove ${dataset.name}?`}
          text={removalWords(dataset)}
          act={
            dataset.usedByRuns > 0
              ? `Remove dataset used by ${plural(dataset.usedByRuns, 'run')}`
              : `Remove ${dataset.name}`
          }
          onAct={() => void remove()}
          onClose={() => setOpen('nothing')}
        />
      )}
    </header>
  );
}

const removalWords = ({ usedByRuns, bytes: size }: DatasetSummary): string => {
  const runs =
    usedByRuns === 0
      ? 'No run uses it.'
      : `${plural(usedByRuns, 'run')} used it: their results stay, but they cannot be resumed or evaluated without it.`;
  return `${bytes(size)} of stored images are deleted, and that cannot be undone. The files that were imported stay where they are. ${runs}`;
};
