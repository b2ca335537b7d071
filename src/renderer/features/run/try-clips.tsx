import { useEffect, useRef } from 'react';
import { type AskedClip, type ClipPredictions, largestClipFile } from '../../../shared/runs/prediction.ts';
import { isFinished, type RunSummary } from '../../../shared/runs/run.ts';
import { request } from '../../app/core.ts';
import { bytes, count, fixed } from '../../app/format.ts';
import { Panel } from '../../ui/page.tsx';
import { PlaySamples } from '../../ui/play-samples.tsx';
import { Waveform } from '../../ui/waveform.tsx';
import type { SentClip } from './classification/use-classification.ts';
import { weightsAt } from './epochs.ts';
import { FileDrop } from './file-drop.tsx';
import { Probabilities } from './probabilities.tsx';
import { useLatestAnswer } from './use-latest-answer.ts';

export interface TryClipsProps {
  readonly run: RunSummary;
  readonly className: string;
  /** A clip that was sent here; the latest is asked of. */
  readonly sent: SentClip | null;
}

/** What the run's best weights say of a WAV file that is dropped, chosen or pasted; it is seen and can be heard. */
export function TryClips({ run, className, sent }: TryClipsProps) {
  const ready = isFinished(run.state);
  const button = useRef<HTMLButtonElement>(null);
  const { name, asking, answer, failure, about } = useLatestAnswer<ClipPredictions>();
  const ask = async (clip: AskedClip) => request('runs.predict-audio', { id: run.id, clips: [clip] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is newly sent is asked of
  useEffect(() => {
    if (!sent) return;
    about(sent.clip.name, () => ask(sent.clip));
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
          onFile={(file) => about(file.name, async () => ask(await clipOf(file)))}
          what="a clip"
          accept="audio/wav,.wav"
          label="Clip to classify"
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

function Answer({ answer, name }: { readonly answer: ClipPredictions; readonly name: string }) {
  const [heard] = answer.heard;
  return (
    <div className="image-answer">
      {heard && (
        <figure className="clip">
          <PlaySamples samples={heard.samples} rate={heard.rate} name={name} />
          <Waveform samples={heard.samples} label={`${name} as the network hears it`} />
          <figcaption className="muted t11">
            <span className="trunc" title={name}>
              {name}
            </span>
            <span className="num">{fixed(heard.seconds, 2)} s</span>
          </figcaption>
        </figure>
      )}
      <Probabilities answer={answer} />
      {answer.notes.map((note) => (
        <p key={note} className="muted t11">
          {note}
        </p>
      ))}
    </div>
  );
}

async function clipOf(file: File): Promise<AskedClip> {
  if (file.size === 0) throw new Error(`"${file.name}" is empty.`);
  if (file.size > largestClipFile) {
    throw new Error(`"${file.name}" has ${bytes(file.size)}; a clip may have ${bytes(largestClipFile)}.`);
  }
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
