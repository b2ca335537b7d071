import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import './models.css';
import type { ModelSummary } from '../../../shared/models/model.ts';
import { addressOf } from '../../app/addresses.ts';
import { useRequest } from '../../app/core.ts';
import { usePlace } from '../../app/crumbs.tsx';
import { bytes, plural } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, FailureLine, PageHead } from '../../ui/page.tsx';
import { ModelDetail } from './model-detail.tsx';
import { ModelList } from './model-list.tsx';
import { NoModels } from './no-models.tsx';
import { useModelImport } from './use-model-import.ts';

/** The library of models: list and detail side by side. */
export function ModelsPage() {
  usePlace({ label: 'Models' });
  const { id } = useParams();
  const navigate = useNavigate();
  const list = useRequest('models.list', null, {
    refreshOn: ['model.changed', 'model.removed', 'run.changed', 'run.removed'],
  });
  const [filter, setFilter] = useState('');
  const [added, setAdded] = useState<ModelSummary>();
  const importing = useModelImport((model) => {
    setAdded(model);
    navigate(addressOf.model(model.id));
  });
  useShortcuts([['I', importing.pick]]);
  const models = list.value && withAdded(list.value, added);
  const matching = models?.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()));
  const chosen = id === undefined ? matching?.[0] : models?.find((model) => model.id === id || model.name === id);
  const none = models?.length === 0;

  return (
    <div className="page-datasets page-models" {...importing.drop.handlers}>
      <PageHead title="Models" sub={models && !none && totals(models)}>
        {!none && <FilterField value={filter} onChange={setFilter} />}
        <Button look="primary" icon="upload" keys="I" onClick={importing.pick}>
          Import
        </Button>
      </PageHead>
      {list.failure && <FailureLine message={list.failure.message} onRetry={list.refresh} />}
      {importing.failure && <FailureLine message={importing.failure} />}
      {importing.line && <ImportLine {...importing.line} />}
      {none ? (
        <NoModels onImport={importing.pick} />
      ) : (
        <div className="data">
          <div className="dl" data-region="Models">
            <ModelList models={matching} chosen={chosen?.id} />
            {matching?.length === 0 && (
              <p className="nothing t12 soft">
                No model matches "{filter.trim()}".{' '}
                <button type="button" className="link" onClick={() => setFilter('')}>
                  Clear
                </button>
              </p>
            )}
          </div>
          {chosen && models ? (
            <ModelDetail key={chosen.id} model={chosen} models={models} />
          ) : (
            <section className="dd" aria-label="Model">
              {models && id !== undefined && <EmptyState icon="model" title="This model is not in the library" />}
            </section>
          )}
        </div>
      )}
      {importing.drop.over && (
        <div className="drop-zone" aria-hidden="true">
          <Icon name="upload" />
          <b>Drop to import</b>
          <span>a Hugging Face folder: config.json, model.safetensors and a tokenizer</span>
        </div>
      )}
    </div>
  );
}

/** A model that was just imported is there before the list has been asked for again. */
const withAdded = (models: readonly ModelSummary[], added: ModelSummary | undefined): readonly ModelSummary[] =>
  added === undefined || models.some(({ id }) => id === added.id) ? models : [...models, added];

const totals = (models: readonly ModelSummary[]): string =>
  `${plural(models.length, 'model')}, ${bytes(models.reduce((sum, model) => sum + model.bytes, 0))} on this machine`;

interface ImportLineProps {
  readonly text: string;
  readonly share: number;
  readonly onCancel: (() => void) | undefined;
}

/** How far the copy is, in a line over the page. */
function ImportLine({ text, share, onCancel }: ImportLineProps) {
  return (
    <div className="import-line" role="status">
      <span className="num">{text}</span>
      <span className="bar" aria-hidden="true">
        <i style={{ width: `${100 * share}%` }} />
      </span>
      {onCancel && (
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}

function FilterField({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <div className="query filter">
      <Icon name="search" small />
      <input
        type="text"
        data-filter
        aria-label="Filter models"
        placeholder="Filter models"
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      />
    </div>
  );
}
