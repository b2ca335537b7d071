import { useEffect, useRef } from 'react';
import type { Predictions } from '../../../shared/runs/prediction.ts';
import { isFinished, type RunSummary } from '../../../shared/runs/run.ts';
import { useRequest } from '../../app/core.ts';
import { count } from '../../app/format.ts';
import { Panel } from '../../ui/page.tsx';
import { TextArea } from '../../ui/text-input.tsx';
import type { SentExample, SentText } from './classification/use-classification.ts';
import { weightsAt } from './epochs.ts';
import { Probabilities } from './probabilities.tsx';
import { TryClips } from './try-clips.tsx';
import { TryImages } from './try-images.tsx';
import { TryRows } from './try-rows.tsx';
import { useTryIt } from './use-try-it.ts';

const waitingWords = { no: '', loading: 'loading the model…', yes: 'asking…' } as const;

export interface TryItPanelProps {
  readonly run: RunSummary;
  readonly className: string;
  /** An example that was sent here; the latest is put into the box. */
  readonly sent?: SentExample | null;
}

/** A box to try a finished run in, by what its examples are. */
export function TryItPanel({ sent = null, ...props }: TryItPanelProps) {
  switch (props.run.config.task.kind) {
    case 'text-classes':
      return <TryTexts {...props} sent={sent?.kind === 'text' ? sent : null} />;
    case 'image-examples':
      return <TryImages {...props} sent={sent?.kind === 'image' ? sent : null} />;
    case 'table-classes':
      return <TryRows {...props} sent={sent?.kind === 'row' ? sent : null} />;
    case 'audio-classes':
      return <TryClips {...props} sent={sent?.kind === 'clip' ? sent : null} />;
    default:
      return null;
  }
}

interface TryTextsProps extends Omit<TryItPanelProps, 'sent'> {
  readonly sent: SentText | null;
}

/** What the run's best weights say of a text, as one types. */
function TryTexts({ run, className, sent }: TryTextsProps) {
  const ready = isFinished(run.state);
  const box = useRef<HTMLTextAreaElement>(null);
  const { text, pair, setText, setPair, asking, answer, failure } = useTryIt(run.id);
  const pairs = usePairs(run);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is newly sent is taken over
  useEffect(() => {
    if (!sent) return;
    setText(sent.text);
    setPair(sent.pair ?? '');
    box.current?.focus();
  }, [sent?.serial]);
  return (
    <Panel
      title="Try it"
      sub={answer ? weightsAt(run.config, answer.iteration) : 'best weights'}
      className={className}
      tools={
        <span className="muted t11 num">
          <span aria-live="polite">{waitingWords[asking]}</span>
          {asking === 'no' && answer && effortOf(answer)}
        </span>
      }
    >
      <div className="try">
        <TextArea
          ref={box}
          aria-label="Text to classify"
          rows={3}
          value={text}
          onChange={setText}
          placeholder={ready ? 'A text to be classified' : 'Ready when the run has ended'}
          disabled={!ready}
        />
        {pairs === 'yes' && (
          <TextArea
            aria-label="Second text"
            rows={2}
            value={pair}
            onChange={setPair}
            placeholder="The second text of the pair"
            disabled={!ready}
          />
        )}
        {failure && (
          <p className="dialog-failure" role="alert">
            {failure}
          </p>
        )}
        <div aria-live="polite">{answer && <Probabilities answer={answer} />}</div>
      </div>
    </Panel>
  );
}

/** "12 of 128 tokens · 14 ms" */
function effortOf({ predictions: [prediction], maxLength, computeMs }: Predictions): string {
  const ms = `${count(Math.max(1, Math.round(computeMs)))} ms`;
  const tokens = prediction?.tokens ?? null;
  return tokens === null || maxLength === null ? ms : `${count(tokens)} of ${count(maxLength)} tokens · ${ms}`;
}

/** Whether the run learned pairs of texts. */
function usePairs(run: RunSummary): 'yes' | 'no' {
  const dataset = useRequest(
    'datasets.get',
    { id: run.dataset?.id ?? '-' },
    { ask: run.dataset === null ? 'never' : 'now' },
  );
  return dataset.value?.text?.columns.pair ? 'yes' : 'no';
}
