import { useEffect, useMemo, useState } from 'react';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { useRequest } from '../../app/core.ts';
import { bytes, count } from '../../app/format.ts';
import { FailureLine, Skeleton } from '../../ui/page.tsx';
import { AudioDetail } from './audio-detail.tsx';
import { BalanceChart } from './balance-chart.tsx';
import { ClassGrid } from './class-grid.tsx';
import { DetailHead } from './detail-head.tsx';
import { Digest, Fact, UsedBy } from './facts.tsx';
import { GeneratedDetail } from './generated-detail.tsx';
import { SplitEditor } from './split-editor.tsx';
import { draftOf } from './splits.ts';
import { TableDetail } from './table-detail.tsx';
import { TextDetail } from './text-detail.tsx';

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
      <Body dataset={dataset} />
    </section>
  );
}

function Body({ dataset }: { readonly dataset: DatasetSummary }) {
  const key = `${dataset.id} ${dataset.version}`;
  switch (dataset.kind) {
    case 'generated':
      return <GeneratedDetail dataset={dataset} />;
    case 'text-classes':
      return <TextDetail key={key} dataset={dataset} />;
    case 'table-classes':
      return <TableDetail key={key} dataset={dataset} />;
    case 'audio-classes':
      return <AudioDetail key={key} dataset={dataset} />;
    case 'image-classes':
      return <ImageDetail key={key} dataset={dataset} />;
  }
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
      <UsedBy dataset={dataset} />
      <Digest dataset={dataset} />
    </dl>
  );
}

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
      ? 'The stored files cannot be read. Put the data folder back as it was and verify, or remove the dataset and import it again.'
      : 'The stored files are not what was imported: their digest differs. Runs that use them would not be repeatable.';
  return <FailureLine message={message} />;
}
