import { type ReactNode, useId } from 'react';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { fixed } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { testShare } from './import-form.ts';
import { useImportForm } from './use-import-form.ts';

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
  const form = useImportForm(given, names, onStarted);
  return (
    <Dialog
      title="Import a dataset"
      onClose={onClose}
      width={560}
      footer={
        <>
          <span className="muted t11 grow">Your files stay where they are.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={form.ready === 'no'} onClick={() => void form.start()}>
            {form.ready === 'starting' ? 'Starting' : 'Start import'}
          </Button>
        </>
      }
    >
      <form
        className="dialog-form import"
        onSubmit={(event) => {
          event.preventDefault();
          void form.start();
        }}
      >
        <SourceRow source={form.source} onPick={(what) => void form.pick(what)} />
        <TextRow label="Name" {...form.text('name')} />
        <Row label="Layout">
          <Segmented label="Layout" value={form.values.as} options={formats} onChange={(as) => form.change({ as })} />
        </Row>
        <TextRow label="Stored size" unit="pixels a side" {...form.text('size')} />
        <h3>Splits</h3>
        <Row label="Divide">
          <Segmented label="Divide" value={form.values.by} options={units} onChange={(by) => form.change({ by })} />
        </Row>
        <TextRow label="Train" unit="% of the classes" {...form.text('train')} />
        <TextRow label="Validation" unit="% of the classes" {...form.text('validation')} />
        <Row label="Test">
          <span className="t12 soft num">{shareWords(testShare(form.values))}</span>
          <span className="muted t11">the rest; no class is in two splits</span>
        </Row>
        <TextRow label="Seed" unit="of the draw" {...form.text('seed')} />
        {form.refusal && (
          <p className="msg" role="alert">
            <Icon name="alert" small />
            <span>{form.refusal}</span>
          </p>
        )}
      </form>
    </Dialog>
  );
}

const shareWords = (share: number | null): string =>
  share === null ? '–' : `${fixed(share, Number.isInteger(share) ? 0 : 1)} %`;

interface SourceRowProps {
  readonly source: PickedSource | null;
  readonly onPick: (what: 'archive' | 'folder') => void;
}

function SourceRow({ source, onPick }: SourceRowProps) {
  return (
    <Row label="Images">
      {source ? (
        <span className="source trunc">
          <Icon name={/\.zip$/i.test(source.name) ? 'archive' : 'folder'} />
          <b className="trunc">{source.name}</b>
        </span>
      ) : (
        <span className="t12 soft">Drop a zip archive or a folder here, or choose:</span>
      )}
      <Button size="small" onClick={() => onPick('archive')}>
        Zip archive
      </Button>
      <Button size="small" onClick={() => onPick('folder')}>
        Folder
      </Button>
    </Row>
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
  readonly unit?: string;
  readonly look: 'short' | 'long';
  readonly value: string;
  readonly error: string;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
}

function TextRow({ label, unit, look, value, error, onChange, onLeave }: TextRowProps) {
  const id = useId();
  return (
    <div className={error ? 'f bad' : 'f'}>
      <label htmlFor={id}>{label}</label>
      <div className="ctl">
        <TextInput
          id={id}
          className={look === 'short' ? 'num' : 'grow'}
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
