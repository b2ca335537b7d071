import { Link, useNavigate } from 'react-router';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { addressOf } from '../../app/addresses.ts';
import { bytes, count } from '../../app/format.ts';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { kindIcons, kindWords, splitUnit } from './dataset-words.ts';

export interface DatasetListProps {
  /** undefined while they are not known yet. */
  readonly datasets: readonly DatasetSummary[] | undefined;
  readonly chosen: string | undefined;
}

/** The library as a table; a row opens its dataset beside it. */
export function DatasetList({ datasets, chosen }: DatasetListProps) {
  return (
    <table className="mini dtab">
      <thead>
        <tr>
          <th>Name</th>
          <th className="n">Classes</th>
          <th className="n c-fold">Examples</th>
          <th className="c-fold">Splits</th>
          <th className="n c-fold">Size</th>
          <th className="c-fold c-digest">Digest</th>
        </tr>
      </thead>
      <tbody>
        {datasets
          ? datasets.map((dataset) => <Row key={dataset.id} dataset={dataset} chosen={dataset.id === chosen} />)
          : [1, 2, 3].map((row) => (
              <tr key={row}>
                <td colSpan={6}>
                  <Skeleton width="70%" />
                </td>
              </tr>
            ))}
      </tbody>
    </table>
  );
}

function Row({ dataset, chosen }: { readonly dataset: DatasetSummary; readonly chosen: boolean }) {
  const navigate = useNavigate();
  const generated = dataset.kind === 'generated';
  return (
    <tr className={classNames(chosen && 'on')} onClick={() => navigate(addressOf.dataset(dataset.id))}>
      <td>
        <span className="row">
          <Icon name={kindIcons[dataset.kind]} small />
          <span className="two">
            <Link to={addressOf.dataset(dataset.id)} aria-current={chosen ? 'true' : undefined}>
              {dataset.name}
            </Link>
            <Kind dataset={dataset} />
          </span>
        </span>
      </td>
      <td className="n">{generated ? '–' : count(dataset.classes)}</td>
      <td className="n c-fold">{generated ? 'endless' : count(dataset.examples)}</td>
      <td className="c-fold">
        <SplitBar dataset={dataset} />
      </td>
      <td className="n c-fold">{generated ? '–' : bytes(dataset.bytes)}</td>
      <td className="mono muted t11 c-fold c-digest">{generated ? '–' : dataset.sha256.slice(0, 8)}</td>
    </tr>
  );
}

function Kind({ dataset }: { readonly dataset: DatasetSummary }) {
  switch (dataset.state) {
    case 'unreadable':
      return <span className="bad">cannot be read</span>;
    case 'changed-on-disk':
      return <span className="bad">changed on disk</span>;
    case 'ready':
      return (
        <span>
          {kindWords(dataset)}
          {dataset.origin === 'built-in' && dataset.layout ? ', built in' : ''}
        </span>
      );
  }
}

function SplitBar({ dataset }: { readonly dataset: DatasetSummary }) {
  if (dataset.kind === 'generated') {
    return (
      <>
        <span className="sbar none" />
        <span className="muted t11">by seed</span>
      </>
    );
  }
  const { train, validation, test } = dataset.splits;
  const by = splitUnit(dataset.kind);
  const share = (part: typeof train): string => `${(100 * part[by]) / Math.max(1, dataset[by])}%`;
  return (
    <span className="splits" title={`${by}: train ${train[by]}, validation ${validation[by]}, test ${test[by]}`}>
      <span className="sbar">
        <i className="tr_" style={{ width: share(train) }} />
        <i className="va" style={{ width: share(validation) }} />
        <i className="te" style={{ width: share(test) }} />
      </span>
      <span className="muted t11 num">
        {count(train[by])} / {count(validation[by])} / {count(test[by])}
      </span>
    </span>
  );
}
