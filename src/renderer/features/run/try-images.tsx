import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react';
import { isFinished, type RunSummary } from '../../../shared/runs/run.ts';
import { count } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Panel } from '../../ui/page.tsx';
import { Pixels } from '../../ui/pixels.tsx';
import type { SentImage } from './classification/use-classification.ts';
import { weightsAt } from './epochs.ts';
import { Probabilities } from './probabilities.tsx';
import { type ImageAnswer, useTryImage } from './use-try-image.ts';

export interface TryImagesProps {
  readonly run: RunSummary;
  readonly className: string;
  /** An example that was sent here; the latest is asked of. */
  readonly sent: SentImage | null;
}

/** What the run's best weights say of an image that is dropped, chosen or pasted. */
export function TryImages({ run, className, sent }: TryImagesProps) {
  const ready = isFinished(run.state);
  const button = useRef<HTMLButtonElement>(null);
  const { name, asking, answer, failure, ask, askFile } = useTryImage(run.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is newly sent is asked of
  useEffect(() => {
    if (!sent) return;
    ask(sent.image);
    button.current?.focus();
  }, [sent?.serial]);
  return (
    <Panel
      title="Try it"
      sub={answer ? weightsAt(run.config, answer.iteration) : 'best weights'}
      className={className}
      tools={
        <span className="muted t11 num">
          <span aria-live="polite">{asking === 'yes' ? 'asking…' : ''}</span>
          {asking === 'no' && answer && `${count(Math.max(1, Math.round(answer.computeMs)))} ms`}
        </span>
      }
    >
      <div className="try">
        <ImageDrop ready={ready} button={button} onFile={askFile} />
        {failure && (
          <p className="dialog-failure" role="alert">
            {failure}
          </p>
        )}
        <div aria-live="polite">{answer && <Answer answer={answer} name={name ?? ''} />}</div>
      </div>
    </Panel>
  );
}

interface DropProps {
  readonly ready: boolean;
  readonly button: React.RefObject<HTMLButtonElement | null>;
  readonly onFile: (file: File) => void;
}

/** A place to drop an image on, or to paste one into; its button chooses a file. */
function ImageDrop({ ready, button, onFile }: DropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [file] = files ?? [];
    if (ready && file) onFile(file);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation(); // a dataset is dropped on the page, an image here
    setOver(false);
    take(event.dataTransfer.files);
  };
  const paste = (event: ClipboardEvent): void => take(event.clipboardData.files);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way in; the button is the other
    <div
      className={classNames('image-drop', over && 'over')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      onPaste={paste}
    >
      <Button
        ref={button}
        size="small"
        icon="plus"
        unavailable={!ready}
        onClick={() => ready && input.current?.click()}
      >
        Choose an image…
      </Button>
      <span className="muted t11">{ready ? 'or drop or paste one here' : 'Ready when the run has ended'}</span>
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label="Image to classify"
        accept="image/png,image/jpeg"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = ''; // so that the same file can be chosen again
        }}
      />
    </div>
  );
}

function Answer({ answer, name }: { readonly answer: ImageAnswer; readonly name: string }) {
  const [seen] = answer.seen;
  return (
    <div className="image-answer">
      {seen && (
        <figure>
          <Pixels {...seen} label={`${name} as the network sees it`} />
          <figcaption className="muted t11">
            <span className="trunc" title={name}>
              {name}
            </span>
            <span className="num">
              as seen: {seen.width} × {seen.height}
            </span>
          </figcaption>
        </figure>
      )}
      <Probabilities answer={answer} />
    </div>
  );
}
