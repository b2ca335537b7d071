import { type ReactNode, useId, useState } from 'react';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { importDataset, shell } from '../../app/core.ts';
import { fixed } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import {
  type ImportField,
  type ImportForm,
  importFormFor,
  nameOfSource,
  parseImportForm,
  testShare,
} from './import-form.ts';

export interface ImportDialogProps {
  /** What was picked or dropped already. */
  readonly source: PickedSource | null;
  readonly names: readonly string[];
  readonly onStarted: (job: ImportJob, source: PickedSource) => void;
  readonly onClose: () => void;
}

const formats = [
  { value: 'auto', label: 'Recognise' },
  { value: 'omniglot', label: 'Alphabet / character' },
  { value: 'folder-per-class', label: 'Folder per class' },
] as const;

const units = [
  { value: 'class', label: 'Classes' },
  { value: 'group', label: 'Whole alphabets' },
] as const;

/** What to import and how: name, layout, size, splits. Nothing is read before Start. */
export function ImportDialog({ source: given, names, onStarted, onClose }: ImportDialogProps) {
  const [source, setSource] = useState(given);
  const [form, setForm] = useState<ImportForm>(() => importFormFor(given?.name ?? ''));
  const [left, setLeft] = useState<ReadonlySet<ImportField>>(new Set());
  const [refusal, setRefusal] = useState('');
  const [starting, setStarting] = useState(false);
  const parsed = parseImportForm(form, names);
  const change = (part: Partial<ImportForm>): void => {
    setForm((known) => ({ ...known, ...part }));
    setRefusal('');
  };

  const pick = async (what: 'archive' | 'folder'): Promise<void> => {
    const picked = await shell.pickSource(what);
    if (!picked) return;
    if (form.name === '' || form.name === nameOfSource(source?.name ?? '')) change({ name: nameOfSource(picked.name) });
    setSource(picked);
    setRefusal('');
  };
  const start = async (): Promise<void> => {
    if (!parsed.ok) {
      setLeft(new Set(Object.keys(parsed.errors) as ImportField[]));
      return;
    }
    if (!source || starting) return;
    setStarting(true);
    try {
      onStarted(await importDataset({ token: source.token, ...parsed.options }), source);
    } catch (thrown) {
      setRefusal(thrown instanceof Error ? thrown.message : String(thrown));
      setStarting(false);
    }
  };
  const errorOf = (field: ImportField): string => (!parsed.ok && left.has(field) ? (parsed.errors[field] ?? '') : '');
  const text = (field: ImportField, label: string, unit = '') => (
    <TextRow
      label={label}
      unit={unit}
      short={field !== 'name'}
      value={form[field]}
      error={errorOf(field)}
      onChange={(value) => change({ [field]: value })}
      onLeave={() => setLeft((known) => new Set(known).add(field))}
    />
  );
  const test = testShare(form);
  return (
    <Dialog
      title="Import a dataset"
      onClose={onClose}
      width={560}
      footer={
        <>
          <span className="muted t11 grow">Your files stay where they are.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={!source || !parsed.ok || starting} onClick={() => void start()}>
            {starting ? 'Starting' : 'Start import'}
          </Button>
        </>
      }
    >
      <form
        className="dialog-form import"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <Row label="Images">
          {source ? (
            <span className="source trunc">
              <Icon name={/\.zip$/i.test(source.name) ? 'archive' : 'folder'} />
              <b className="trunc">{source.name}</b>
            </span>
          ) : (
            <span className="t12 soft">Drop a zip archive or a folder here, or choose:</span>
          )}
          <Button size="small" onClick={() => void pick('archive')}>
            Zip archive
          </Button>
          <Button size="small" onClick={() => void pick('folder')}>
            Folder
          </Button>
        </Row>
        {text('name', 'Name')}
        <Row label="Layout">
          <Segmented label="Layout" value={form.as} options={formats} onChange={(as) => change({ as })} />
        </Row>
        {text('size', 'Stored size', 'pixels a side')}
        <h3>Splits</h3>
        <Row label="Divide">
          <Segmented label="Divide" value={form.by} options={units} onChange={(by) => change({ by })} />
        </Row>
        {text('train', 'Train', '% of the classes')}
        {text('validation', 'Validation', '% of the classes')}
        <Row label="Test">
          <span className="t12 soft num">
            {test === null ? '–' : `${fixed(test, Number.isInteger(test) ? 0 : 1)} %`}
          </span>
          <span className="muted t11">the rest; no class is in two splits</span>
        </Row>
        {text('seed', 'Seed', 'of the draw')}
        {refusal && (
          <p className="msg" role="alert">
            <Icon name="alert" small />
            <span>{refusal}</span>
          </p>
        )}
      </form>
    </Dialog>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="f">
      <span className="label">{label}</span>
      <div className="ctl">{children}</div>
    </div>
  );
}

interface TextRowProps {
  readonly label: string;
  readonly unit: string;
  readonly short: boolean;
  readonly value: string;
  readonly error: string;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}

function TextRow({ label, unit, short, value, error, onChange, onLeave }: TextRowProps) {
  const id = useId();
  return (
    <div className={error ? 'f bad' : 'f'}>
      <label htmlFor={id}>{label}</label>
      <div className="ctl">
        <TextInput
          id={id}
          className={short ? 'num' : 'grow'}
          value={value}
          invalid={error !== ''}
          aria-describedby={error ? `${id}-wrong` : undefined}
          onChange={onChange}
          onBlur={onLeave}
        />
        {unit && <span className="muted t11">{unit}</span>}
      </div>
      {error && (
        <p className="msg" id={`${id}-wrong`} role="alert">
          <Icon name="alert" small />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
