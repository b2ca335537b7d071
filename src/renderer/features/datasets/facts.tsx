import { Link } from 'react-router';
import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import { addressOf } from '../../app/addresses.ts';
import { plural } from '../../app/format.ts';
import { Skeleton } from '../../ui/page.tsx';

/** One fact of a dataset in the line under its name. */
export const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

/** How many runs used a dataset, as a way to them. */
export const UsedBy = ({ dataset }: { readonly dataset: DatasetSummary }) => (
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
);

/** Beginning and end of a dataset's digest. */
export const Digest = ({ dataset }: { readonly dataset: DatasetSummary }) => (
  <div>
    <dt>SHA-256</dt>
    <dd className="mono" title={dataset.sha256}>
      {dataset.sha256.slice(0, 8)}…{dataset.sha256.slice(-4)}
    </dd>
  </div>
);

/** A value of the filter language; quoted where it has other characters than words do. */
const quotedTerm = (name: string): string => (/^[\w.-]+$/.test(name) ? name : `"${name.replaceAll('"', '')}"`);

/** While the core is asked for what a dataset holds. */
export const DetailWait = () => (
  <div className="sec2 wait">
    <Skeleton width="100%" height={36} />
    <Skeleton width="100%" height={150} />
    <Skeleton width="100%" height={280} />
  </div>
);
