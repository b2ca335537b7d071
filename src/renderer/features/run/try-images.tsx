import { useEffect, useRef } from 'react';
import { isFinished, type RunSummary } from '../../../shared/runs/run.ts';
import { count } from '../../app/format.ts';
import { Panel } from '../../ui/page.tsx';
import { Pixels } from '../../ui/pixels.tsx';
import type { SentImage } from './classification/use-classification.ts';
import { weightsAt } from './epochs.ts';
import { FileDrop } from './file-drop.tsx';
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
        <FileDrop
          ready={ready}
          button={button}
          onFile={askFile}
          what="an image"
          accept="image/png,image/jpeg"
          label="Image to classify"
        />
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
