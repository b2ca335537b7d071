import { useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { DatasetClass, DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { addressOf } from '../../app/addresses.ts';
import { useRequest } from '../../app/core.ts';
import { bytes, count, plural } from '../../app/format.ts';
import { FailureLine, Skeleton } from '../../ui/page.tsx';
import { BalanceChart } from './balance-chart.tsx';
import { ClassGrid } from './class-grid.tsx';
import { DetailHead } from './detail-head.tsx';
import { GeneratedDetail } from './generated-detail.tsx';
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
