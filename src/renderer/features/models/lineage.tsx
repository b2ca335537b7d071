import { Link } from 'react-router';
import type { ModelSummary } from '../../../shared/models/model.ts';
import { addressOf } from '../../app/addresses.ts';
import { count } from '../../app/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { madeFrom } from './model-words.ts';

export interface LineageProps {
  readonly model: ModelSummary;
  readonly models: readonly ModelSummary[];
}

/** Where a model comes from, step by step (model, run, checkpoint), and what runs made of it. */
export function Lineage({ model, models }: LineageProps) {
  const children = madeFrom(model, models);
  return (
    <section className="sec2">
      <div className="sh">
        <h3>Lineage</h3>
      </div>
      <ol className="lineage">
        <Origin model={model} models={models} />
        <li aria-current="true">
          <Icon name="model" small />
          <b>{model.name}</b>
        </li>
      </ol>
      {children.length > 0 && (
        <div className="made">
          <span className="muted t12">Made from it</span>
          <ul>
            {children.map(({ id, name, lineage }) => (
              <li key={id}>
                <Link to={addressOf.model(id)}>{name}</Link>
                {lineage && (
                  <span className="muted">
                    {' '}
                    by <Link to={addressOf.run(lineage.runId)}>{lineage.runName}</Link>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Origin({ model, models }: LineageProps) {
  const { lineage, source } = model;
  if (!lineage) {
    return (
      <li>
        <Icon name="folder" small />
        <span className="trunc" title={source}>
          {source}
        </span>
        <span className="muted t11">Hugging Face folder</span>
      </li>
    );
  }
  const { base, runId, runNumber, runName, iteration } = lineage;
  return (
    <>
      <li>
        <Icon name={base ? 'model' : 'seed'} small />
        {base ? <Base base={base} models={models} /> : <span>from scratch</span>}
      </li>
      <li>
        <Icon name="runs" small />
        <Link to={addressOf.run(runId)}>{runName}</Link>
        <span className="muted t11">run {runNumber}</span>
      </li>
      <li>
        <Icon name="flag" small />
        <Link to={addressOf.run(runId, 'checkpoints')}>checkpoint at {count(iteration)}</Link>
      </li>
    </>
  );
}

interface BaseProps extends Pick<LineageProps, 'models'> {
  readonly base: { readonly id: string; readonly name: string };
}

/** Its present name, or the one it had when it was removed since. */
function Base({ base, models }: BaseProps) {
  const present = models.find(({ id }) => id === base.id);
  if (present) return <Link to={addressOf.model(present.id)}>{present.name}</Link>;
  return (
    <span>
      {base.name} <span className="muted t11">(removed)</span>
    </span>
  );
}
