import { Link, useNavigate } from 'react-router';
import { type ModelSummary, modelLabel } from '../../../shared/models/model.ts';
import { addressOf } from '../../app/addresses.ts';
import { bytes, count, plural } from '../../app/format.ts';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { shortCount } from './model-words.ts';

export interface ModelListProps {
  /** undefined while they are not known yet. */
  readonly models: readonly ModelSummary[] | undefined;
  readonly chosen: string | undefined;
}

/** The library as a table; a row opens its model beside it. */
export function ModelList({ models, chosen }: ModelListProps) {
  return (
    <table className="mini dtab">
      <thead>
        <tr>
          <th>Name</th>
          <th className="n" title="Parameters">
            Params
          </th>
          <th className="n c-fold">Size</th>
          <th className="n c-fold">Used by</th>
          <th className="c-fold c-digest">Digest</th>
        </tr>
      </thead>
      <tbody>
        {models
          ? models.map((model) => <Row key={model.id} model={model} chosen={model.id === chosen} />)
          : [1, 2, 3].map((row) => (
              <tr key={row}>
                <td colSpan={5}>
                  <Skeleton width="70%" />
                </td>
              </tr>
            ))}
      </tbody>
    </table>
  );
}

function Row({ model, chosen }: { readonly model: ModelSummary; readonly chosen: boolean }) {
  const navigate = useNavigate();
  return (
    <tr className={classNames(chosen && 'on')} onClick={() => navigate(addressOf.model(model.id))}>
      <td>
        <span className="row">
          <Icon name={model.origin === 'imported' ? 'download' : 'model'} small />
          <span className="two">
            <Link to={addressOf.model(model.id)} aria-current={chosen ? 'true' : undefined}>
              {model.name}
            </Link>
            <Kind model={model} />
          </span>
        </span>
      </td>
      <td className="n" title={count(model.parameters)}>
        {shortCount(model.parameters)}
      </td>
      <td className="n c-fold">{bytes(model.bytes)}</td>
      <td className="n c-fold">{model.usedByRuns === 0 ? '–' : plural(model.usedByRuns, 'run')}</td>
      <td className="mono muted t11 c-fold c-digest">{model.sha256.slice(0, 8)}</td>
    </tr>
  );
}

function Kind({ model }: { readonly model: ModelSummary }) {
  switch (model.state) {
    case 'unreadable':
      return <span className="bad">cannot be read</span>;
    case 'changed-on-disk':
      return <span className="bad">changed on disk</span>;
    case 'ready':
      return (
        <span>
          {modelLabel(model)}
          {model.lineage ? `, from run ${model.lineage.runNumber}` : ', imported'}
        </span>
      );
  }
}
