import { useState } from 'react';
import type { ImportJob } from '../../../shared/datasets/dataset.ts';
import { count, plural } from '../../app/format.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ProgressBar } from '../../ui/marks.tsx';
import { etaWords, hasEnded, importSteps, progressWords, stepStates } from './import-words.ts';

export interface ImportPanelProps {
  readonly job: ImportJob;
  readonly onCancel: () => void;
  /** Into the background, or away when it has ended. */
  readonly onClose: () => void;
  /** Shows the dataset that it made. */
  readonly onOpen: (datasetId: string) => void;
  readonly onAgain: () => void;
}

const titles: Partial<Record<ImportJob['stage'], string>> = {
  done: 'Imported',
  failed: 'Could not import',
  cancelled: 'Cancelled the import of',
};

/** An import as it goes on: stage, progress, what was found, what was left out and why. */
export function ImportPanel({ job, onCancel, onClose, onOpen, onAgain }: ImportPanelProps) {
  const ended = hasEnded(job);
  const title = `${titles[job.stage] ?? 'Importing'} ${job.name}`;
  return (
    <section className="dialog imp" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className="tag plain trunc">{job.source}</span>
        <span className="grow" />
        <IconButton
          size="small"
          icon={ended ? 'x' : 'down'}
          label={ended ? 'Close' : 'Continue in the background'}
          onClick={onClose}
        />
      </header>
      {job.stage !== 'failed' && job.stage !== 'cancelled' && <Steps job={job} />}
      {!ended && <Progress job={job} />}
      <ul className="found">
        <Found job={job} />
      </ul>
      <footer>
        <span className="muted t11 grow">
          {ended
            ? 'Your files stay where they are.'
            : 'Nothing is added until it is done. Your files stay where they are.'}
        </span>
        {job.stage === 'done' && job.datasetId !== null && (
          <Button look="primary" onClick={() => onOpen(job.datasetId!)}>
            Show {job.name}
          </Button>
        )}
        {(job.stage === 'failed' || job.stage === 'cancelled') && <Button onClick={onAgain}>Import again</Button>}
        {!ended && (
          <>
            <Button onClick={onCancel}>Cancel</Button>
            <Button look="primary" onClick={onClose}>
              Continue in background
            </Button>
          </>
        )}
      </footer>
    </section>
  );
}

function Steps({ job }: { readonly job: ImportJob }) {
  const states = stepStates(job);
  return (
    <ol className="steps">
      {importSteps.map(({ stage, label }, index) => (
        <li
          key={stage}
          className={states[index] === 'ahead' ? '' : states[index]}
          aria-current={states[index] === 'now' ? 'step' : undefined}
        >
          {states[index] === 'done' && <Icon name="check" small />}
          {states[index] === 'now' && <i />}
          {label}
        </li>
      ))}
    </ol>
  );
}

function Progress({ job }: { readonly job: ImportJob }) {
  const words = progressWords(job);
  const eta = etaWords(job);
  return (
    <>
      <ProgressBar done={job.done} total={job.total} label={`Import of ${job.name}`} text={words} />
      <div className="row t12 pace">
        <span className="num">{words}</span>
        <span className="muted num">{eta}</span>
      </div>
    </>
  );
}

function Found({ job }: { readonly job: ImportJob }) {
  const [shown, setShown] = useState(false);
  const { classes, examples, leftOut, leftOutTotal, duplicates, warnings, error } = job;
  const texts = job.kind === 'text-classes';
  return (
    <>
      {error && job.stage === 'failed' && <Line icon="alert" look="bad" text={error.message} />}
      {classes !== null && (
        <Line
          icon="check"
          strong={texts ? plural(classes, 'label') : plural(classes, 'class', 'classes')}
          text={examples === null ? '' : `, ${plural(examples, texts ? 'text' : 'image')} found`}
        />
      )}
      {classes === null && !error && <Line icon="search" text={texts ? 'Reading the texts' : 'Looking for classes'} />}
      {leftOutTotal > 0 && (
        <Line
          icon="alert"
          look="w"
          strong={plural(leftOutTotal, 'file')}
          text={` ${leftOutTotal === 1 ? 'is' : 'are'} left out`}
          action={shown ? 'Hide' : 'Show'}
          onAction={() => setShown(!shown)}
        />
      )}
      {shown && (
        <li className="files">
          <ul>
            {leftOut.map(({ file, reason }) => (
              <li key={`${file} ${reason}`}>
                <span className="mono trunc" title={file}>
                  {file}
                </span>
                <span>{reason}</span>
              </li>
            ))}
            {leftOutTotal > leftOut.length && <li>and {count(leftOutTotal - leftOut.length)} more</li>}
          </ul>
        </li>
      )}
      {duplicates > 0 && (
        <Line
          icon="alert"
          look="w"
          strong={plural(duplicates, texts ? 'text' : 'image')}
          text={
            texts
              ? ` ${duplicates === 1 ? 'is' : 'are'} there again; all are kept`
              : ` ${duplicates === 1 ? 'appears' : 'appear'} twice; the first is kept`
          }
        />
      )}
      {warnings.map((warning) => (
        <Line key={warning} icon="alert" look="w" text={warning} />
      ))}
    </>
  );
}

interface LineProps {
  readonly icon: IconName;
  readonly look?: 'w' | 'bad';
  readonly strong?: string;
  readonly text: string;
  readonly action?: string;
  readonly onAction?: () => void;
}

function Line({ icon, look, strong, text, action, onAction }: LineProps) {
  return (
    <li className={look}>
      <Icon name={icon} small />
      <span>
        {strong && <b>{strong}</b>}
        {text}
      </span>
      {action && (
        <button type="button" className="link" onClick={onAction}>
          {action}
        </button>
      )}
    </li>
  );
}
