import { type DragEvent, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import './datasets.css';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { DatasetSummary, ImportJob } from '../../../shared/datasets/dataset.ts';
import { addressOf } from '../../app/addresses.ts';
import { request, shell, useRequest } from '../../app/core.ts';
import { usePlace } from '../../app/crumbs.tsx';
import { bytes, plural } from '../../app/format.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, FailureLine, PageHead } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { DatasetDetail } from './dataset-detail.tsx';
import { DatasetList } from './dataset-list.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { ImportPanel } from './import-panel.tsx';
import { jobLine } from './import-words.ts';
import { type OpenImports, useImports } from './use-imports.ts';

/** The library: list and detail side by side; imports go on in a panel over the list. */
export function DatasetsPage() {
  usePlace({ label: 'Datasets' });
  const { id } = useParams();
  const toasts = useToasts();
  const list = useRequest('datasets.list', null, { refreshOn: ['dataset.changed', 'dataset.removed'] });
  const [filter, setFilter] = useState('');
  const [importing, setImporting] = useState<{ source: PickedSource | null } | null>(null);
  const lastSource = useRef<PickedSource | null>(null);
  const imports = useImports();
  const matching = list.value?.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase()));
  const chosen =
    id === undefined ? firstShown(matching) : list.value?.find((dataset) => dataset.id === id || dataset.name === id);
  const names = (list.value ?? []).map(({ name }) => name);
  const importAny = (): void => setImporting({ source: null });
  const drop = useFileDrop(async (file) => {
    const source = await shell.acceptDropped(file);
    if (source) setImporting({ source });
    else toasts.tell(`${file.name} is not a file or folder of this computer`, 'alert');
  });
  useShortcuts([['I', importAny]]);

  return (
    <div className="page-datasets" {...drop.handlers}>
      <PageHead title="Datasets" sub={list.value && totals(list.value)}>
        <FilterField value={filter} onChange={setFilter} />
        <Button look="primary" icon="upload" keys="I" onClick={importAny}>
          Import
        </Button>
      </PageHead>
      {list.failure && <FailureLine message={list.failure.message} onRetry={list.refresh} />}
      <div className="data">
        <div className="dl" data-region="Datasets">
          <DatasetList datasets={matching} chosen={chosen?.id} />
          {matching?.length === 0 && names.length > 0 && (
            <NoMatch filter={filter.trim()} onClear={() => setFilter('')} />
          )}
          {list.value?.length === 0 && <NoDatasets onImport={importAny} />}
          <BackgroundJobs jobs={imports.others} onShow={imports.show} />
        </div>
        {chosen ? (
          <DatasetDetail key={chosen.id} dataset={chosen} names={names} />
        ) : (
          <section className="dd" aria-label="Dataset">
            {list.value && id !== undefined && <EmptyState icon="dataset" title="This dataset is not in the library" />}
          </section>
        )}
        <OpenImport imports={imports} onAgain={() => setImporting({ source: lastSource.current })} />
      </div>
      {drop.over && <DropZone />}
      {importing && (
        <ImportDialog
          key={importing.source?.token ?? 'none'}
          source={importing.source}
          names={names}
          onClose={() => setImporting(null)}
          onStarted={(job, source) => {
            lastSource.current = source;
            setImporting(null);
            imports.show(job);
          }}
        />
      )}
    </div>
  );
}

function OpenImport({ imports, onAgain }: { readonly imports: OpenImports; readonly onAgain: () => void }) {
  const navigate = useNavigate();
  const toasts = useToasts();
  const job = imports.open;
  if (!job) return null;
  return (
    <ImportPanel
      job={job}
      onCancel={() => void request('datasets.cancel-import', { jobId: job.id }).catch(toasts.tellFailure)}
      onClose={imports.close}
      onOpen={(datasetId) => {
        imports.close();
        navigate(addressOf.dataset(datasetId));
      }}
      onAgain={() => {
        imports.close();
        onAgain();
      }}
    />
  );
}

interface BackgroundJobsProps {
  readonly jobs: readonly ImportJob[];
  readonly onShow: (job: ImportJob) => void;
}

/** Imports that go on without a panel, a line each. */
function BackgroundJobs({ jobs, onShow }: BackgroundJobsProps) {
  return (
    <ul className="jobs">
      {jobs.map((job) => (
        <li key={job.id}>
          <button type="button" className="link" onClick={() => onShow(job)}>
            {jobLine(job)}
          </button>
        </li>
      ))}
    </ul>
  );
}

const DropZone = () => (
  <div className="drop-zone" aria-hidden="true">
    <Icon name="upload" />
    <b>Drop to import</b>
    <span>a folder or zip of images or .txt files, a folder per class; or texts as .csv, .tsv or .jsonl</span>
  </div>
);

function NoMatch({ filter, onClear }: { readonly filter: string; readonly onClear: () => void }) {
  return (
    <p className="nothing t12 soft">
      No dataset matches "{filter}".{' '}
      <button type="button" className="link" onClick={onClear}>
        Clear
      </button>
    </p>
  );
}

/** What is shown when no dataset is named: the first with images, else the first. */
const firstShown = (datasets: readonly DatasetSummary[] | undefined): DatasetSummary | undefined =>
  datasets?.find(({ kind }) => kind === 'image-classes') ?? datasets?.[0];

const totals = (datasets: readonly DatasetSummary[]): string => {
  const size = datasets.reduce((sum, dataset) => sum + dataset.bytes, 0);
  return `${plural(datasets.length, 'dataset')}, ${bytes(size)} on this machine`;
};

function FilterField({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <div className="query filter">
      <Icon name="search" small />
      <input
        type="text"
        data-filter
        aria-label="Filter datasets"
        placeholder="Filter datasets"
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      />
    </div>
  );
}

function NoDatasets({ onImport }: { readonly onImport: () => void }) {
  return (
    <EmptyState icon="dataset" title="No datasets yet" action={<Button onClick={onImport}>Import</Button>}>
      Drop a file or a folder anywhere on this page: images in a folder per class, or alphabet / character as in
      Omniglot; texts as CSV, TSV, JSONL or a folder of .txt files per label.
    </EmptyState>
  );
}

/** Files dragged over an element; the drags of the page's own things are none of its business. */
function useFileDrop(onFile: (file: File) => Promise<void>) {
  const [over, setOver] = useState(false);
  const toasts = useToasts();
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file).catch(toasts.tellFailure);
      },
    },
  };
}
