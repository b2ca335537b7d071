import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { PickedSource } from '../../../shared/contract/window.ts';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { addressOf } from '../../app/addresses.ts';
import { asFailure, request, useEvent } from '../../app/core.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProgressBar } from '../../ui/marks.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ImportDialog } from '../datasets/import-dialog.tsx';
import { etaWords, hasEnded, progressWords } from '../datasets/import-words.ts';
import { drawingsConfig } from './quick-starts.ts';

export interface OwnDrawingsProps {
  /** Names that are taken. */
  readonly names: readonly string[];
  /** A zip or folder that was dropped on the page. */
  readonly dropped: PickedSource | null;
  readonly onDropTaken: () => void;
}

/** Imports folders of the user's drawings and trains on them as soon as they are in the library. */
export function OwnDrawings({ names, dropped, onDropTaken }: OwnDrawingsProps) {
  const [choosing, setChoosing] = useState<{ source: PickedSource | null } | null>(null);
  const own = useOwnRun();
  useEffect(() => {
    if (!dropped) return;
    setChoosing({ source: dropped });
    onDropTaken();
  }, [dropped, onDropTaken]);
  return (
    <>
      <div className="own">
        <button
          type="button"
          disabled={own.job !== null}
          onClick={() => {
            own.forgetTrouble();
            setChoosing({ source: null });
          }}
        >
          <Icon name="upload" />
          <span>
            <b>Your own drawings</b>
            <br />
            Choose images: five-way, one drawing each
          </span>
        </button>
        {own.job && <Importing job={own.job} onCancel={own.cancel} />}
        {own.trouble && (
          <p className="trouble" role="alert">
            {own.trouble}
          </p>
        )}
      </div>
      {choosing && (
        <ImportDialog
          source={choosing.source}
          names={names}
          onClose={() => setChoosing(null)}
          onStarted={(job) => {
            setChoosing(null);
            own.follow(job);
          }}
        />
      )}
    </>
  );
}

/** Follows an import; when it is done, launches, or leads to the form where the drawings need another setting. */
function useOwnRun() {
  const [job, setJob] = useState<ImportJob | null>(null);
  const [trouble, setTrouble] = useState('');
  const launched = useRef<string | null>(null);
  const navigate = useNavigate();
  const toasts = useToasts();
  const launch = async (name: string): Promise<void> => {
    const wanted = drawingsConfig(name);
    try {
      const { errors } = await request('config.check', { config: wanted });
      if (errors.length > 0) {
        toasts.tell(`${name} is in the library. It needs another setting: ${errors[0]!.message}`, 'info');
        navigate(addressOf.newRun({ preset: 'quick-glyphs', dataset: name }));
        return;
      }
      const { ids } = await request('runs.launch', { config: wanted, seeds: [wanted.seed], start: 'now' });
      if (ids[0]) navigate(addressOf.run(ids[0]));
    } catch (thrown) {
      setTrouble(asFailure(thrown).message);
      setJob(null);
    }
  };
  useEvent('import.progress', ({ job: next }) => {
    if (next.id !== job?.id) return;
    setJob(hasEnded(next) && next.stage !== 'done' ? null : next);
    if (next.stage === 'failed') setTrouble(next.error?.message ?? 'The import failed.');
    if (next.stage !== 'done' || launched.current === next.id) return;
    launched.current = next.id;
    void launch(next.name);
  });
  return {
    job,
    trouble,
    follow: setJob,
    forgetTrouble: () => setTrouble(''),
    cancel: () => {
      if (job) request('datasets.cancel-import', { jobId: job.id }).catch(toasts.tellFailure);
    },
  };
}

function Importing({ job, onCancel }: { readonly job: ImportJob; readonly onCancel: () => void }) {
  const words = progressWords(job);
  return (
    <div className="importing">
      <ProgressBar done={job.done} total={job.total} label={`Import of ${job.name}`} text={words} />
      <span className="row t11 muted num">
        <span className="grow trunc">
          {job.stage === 'done' ? 'Starting the run' : [words, etaWords(job)].filter(Boolean).join(', ')}
        </span>
        {job.stage !== 'done' && (
          <Button size="small" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </span>
    </div>
  );
}
