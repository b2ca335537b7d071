import { useState } from 'react';
import type { Predictions } from '../../../shared/runs/prediction.ts';
import { isFinished, type RunSummary } from '../../../shared/runs/run.ts';
import { asFailure, request } from '../../app/core.ts';
import { count } from '../../app/format.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { TextArea } from '../../ui/text-input.tsx';

const mostShown = 8;

/** A box to type a text in, and what the run's best weights say of it. */
export function TryItPanel({ run, className }: { readonly run: RunSummary; readonly className: string }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Predictions | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const ready = isFinished(run.state);
  const ask = async (): Promise<void> => {
    if (busy || text.trim() === '') return;
    setBusy(true);
    setFailure(null);
    try {
      setAnswer(await request('runs.predict', { id: run.id, texts: [{ text }] }));
    } catch (thrown) {
      setFailure(asFailure(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel
      title="Try it"
      sub={answer ? `weights of iteration ${count(answer.iteration)}` : 'best weights'}
      className={className}
    >
      <div className="try">
        <TextArea
          aria-label="Text to classify"
          rows={3}
          value={text}
          onChange={setText}
          placeholder={ready ? 'A text to be classified' : 'Ready when the run has ended'}
          disabled={!ready}
        />
        <div className="row">
          <Button onClick={() => void ask()} unavailable={!ready || busy || text.trim() === ''}>
            {busy ? 'Asking…' : 'Classify'}
          </Button>
        </div>
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

function Probabilities({ answer }: { readonly answer: Predictions }) {
  const [prediction] = answer.predictions;
  if (!prediction) return null;
  const rows = answer.labels
    .map((label, i) => ({ label, probability: prediction.probabilities[i] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, mostShown);
  return (
    <ul className="probabilities">
      {rows.map(({ label, probability }) => (
        <li key={label} className={prediction.labels.includes(label) ? 'said' : ''}>
          <span className="name">{label}</span>
          <span className="share" aria-hidden="true">
            <i style={{ width: `${(probability * 100).toFixed(1)}%` }} />
          </span>
          <span className="num">{probability.toFixed(3)}</span>
        </li>
      ))}
    </ul>
  );
}
