import { useId, useState } from 'react';
import './export-dialog.css';
import { type ExportFormat, type ExportResult, exportFormats } from '../../../shared/exports/export-format.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { asFailure, exportRun } from '../../app/core.ts';
import { bytes, plural } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { exportChoices, folderNameFor } from './export-choices.ts';

export interface ExportDialogProps {
  readonly run: RunSummary;
  /** Checkpoints that there are. */
  readonly checkpoints: number;
  readonly onClose: () => void;
}

/** Which form to write a run out in; the folder is named in the system's own dialog. */
export function ExportDialog({ run, checkpoints, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const toasts = useToasts();
  const id = useId();
  const choices = exportChoices(run, checkpoints);

  const write = async (): Promise<void> => {
    setBusy(true);
    setFailure('');
    try {
      const written = await exportRun({ id: run.id, format, suggestedName: folderNameFor(run, format) });
      if (written) {
        toasts.tell(writtenWords(written), 'check');
        onClose();
      }
    } catch (thrown) {
      setFailure(asFailure(thrown).message);
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={`Export ${run.name}`}
      width={520}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" unavailable={busy} onClick={() => !busy && void write()}>
            {busy ? 'Exporting' : 'Choose a folder…'}
          </Button>
        </>
      }
    >
      <fieldset className="formats" aria-describedby={`${id}-note`}>
        <legend>As</legend>
        {exportFormats.map((each) => {
          const { label, words, missing } = choices[each];
          return (
            <label key={each} className={missing === null ? '' : 'off'}>
              <input
                type="radio"
                name={id}
                value={each}
                checked={format === each}
                disabled={missing !== null}
                onChange={() => setFormat(each)}
              />
              <span>
                <b>{label}</b>
                <span>{missing ?? words}</span>
              </span>
            </label>
          );
        })}
      </fieldset>
      <p id={`${id}-note`} className={failure ? 'wrong t11' : 'muted t11'} aria-live="polite">
        {failure || 'Into a new or empty folder; nothing is overwritten.'}
      </p>
    </Dialog>
  );
}

const writtenWords = ({ folder, files }: ExportResult): string => {
  const name = folder.split(/[\\/]/).at(-1) ?? folder;
  return `${plural(files.length, 'file')}, ${bytes(files.reduce((sum, file) => sum + file.bytes, 0))}, written into ${name}`;
};
