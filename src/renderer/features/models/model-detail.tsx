import { type ModelSummary, modelLabel } from '../../../shared/models/model.ts';
import { readsWords } from '../../../shared/models/network.ts';
import { algorithmLabels } from '../../../shared/run-config/algorithm-facts.ts';
import { bytes, count, exactMoment, moment, plural } from '../../app/format.ts';
import { FailureLine } from '../../ui/page.tsx';
import { Lineage } from './lineage.tsx';
import { ModelHead } from './model-head.tsx';

export interface ModelDetailProps {
  readonly model: ModelSummary;
  /** The whole library, for names that are taken and for models made from this one. */
  readonly models: readonly ModelSummary[];
}

/** One model: facts, shape, classes, where it comes from. */
export function ModelDetail({ model, models }: ModelDetailProps) {
  return (
    <section className="dd" aria-label={model.name} data-region="Model">
      <ModelHead model={model} names={models.map(({ name }) => name)} />
      {model.state !== 'ready' && <FailureLine message={stateSentences[model.state]} />}
      <dl className="facts">
        <Fact name="Parameters" value={count(model.parameters)} />
        <Fact name="Stored as" value={`${model.precision}, ${bytes(model.bytes)}`} />
        <Fact name="Used by" value={model.usedByRuns === 0 ? 'no run' : plural(model.usedByRuns, 'run')} />
        <div>
          <dt>Added</dt>
          <dd title={exactMoment(model.createdAt)}>{moment(model.createdAt, Date.now())}</dd>
        </div>
        <div>
          <dt>SHA-256 of the weights</dt>
          <dd className="mono" title={model.sha256}>
            {model.sha256.slice(0, 8)}…{model.sha256.slice(-4)}
          </dd>
        </div>
      </dl>
      <Shape model={model} />
      {model.labels && <Labels labels={model.labels} />}
      <Lineage model={model} models={models} />
    </section>
  );
}

const stateSentences: Readonly<Record<Exclude<ModelSummary['state'], 'ready'>, string>> = {
  unreadable:
    'The stored weights cannot be read. Put the data folder back as it was and verify, or remove the model and import it again.',
  'changed-on-disk':
    'The stored weights are not what was added: their digest differs. Runs that use them would not be repeatable.',
};

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

function Shape({ model }: { readonly model: ModelSummary }) {
  const rows = model.kind === 'encoder' ? encoderRows(model) : networkRows(model);
  return (
    <section className="sec2">
      <div className="sh">
        <h3>{model.kind === 'encoder' ? 'Encoder' : 'Network'}</h3>
      </div>
      <dl className="shape">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Rows = readonly (readonly [string, string])[];
type Of<Kind extends ModelSummary['kind']> = Extract<ModelSummary, { readonly kind: Kind }>;

const encoderRows = (model: Of<'encoder'>): Rows => [
  ['Family', `${modelLabel(model)} (${model.architecture})`],
  ['Layers', `${count(model.layers)} of ${count(model.hidden)}, ${plural(model.heads, 'head')} each`],
  ['Longest text', plural(model.maxLength, 'token')],
  ['Vocabulary', `${plural(model.vocabulary, 'token')}, ${model.tokenizer}${unusedRows(model)}`],
];

const networkRows = (model: Of<'network'>): Rows => [
  ['Network', modelLabel(model)],
  ['Learned by', algorithmLabels[model.learnedBy] ?? model.learnedBy],
  ['Reads', readsWords(model)],
  ['Head', model.classes === null ? 'none' : `for ${plural(model.classes, 'class', 'classes')}`],
];

const unusedRows = ({ vocabulary, tokens }: Of<'encoder'>): string =>
  vocabulary > tokens ? `, of which it knows ${count(tokens)}` : '';

function Labels({ labels }: { readonly labels: readonly string[] }) {
  return (
    <section className="sec2">
      <div className="sh">
        <h3>Classifier</h3>
        <span className="muted t12">{plural(labels.length, 'class', 'classes')}</span>
      </div>
      <ul className="labels">
        {labels.map((label) => (
          <li className="tag plain" key={label}>
            {label}
          </li>
        ))}
      </ul>
    </section>
  );
}
