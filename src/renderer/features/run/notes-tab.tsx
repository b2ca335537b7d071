import { useEffect, useRef, useState } from 'react';
import type { RunSummary } from '../../../shared/runs/run.ts';
import { request } from '../../app/core.ts';
import { TextArea } from '../../ui/text-input.tsx';
import { useToasts } from '../../ui/toast.tsx';

const settleMs = 800;

/** A note of the run; kept as one types. */
export function NotesTab({ run }: { readonly run: RunSummary }) {
  const [text, setText] = useState(run.config.note);
  const stored = useRef(run.config.note);
  const [state, setState] = useState<'kept' | 'changed'>('kept');
  const toasts = useToasts();
  const latest = useRef(text);
  latest.current = text;

  useEffect(() => {
    const save = (): void => {
      const note = latest.current;
      if (note === stored.current) return;
      stored.current = note;
      request('runs.edit', { ids: [run.id], change: { note } }).then(() => setState('kept'), toasts.tellFailure);
    };
    if (text === stored.current) return save;
    setState('changed');
    const timer = setTimeout(save, settleMs);
    return () => clearTimeout(timer);
  }, [text, run.id, toasts]);
  useEffect(
    () => () => {
      // Leaving keeps what was typed a moment ago.
      if (latest.current !== stored.current) {
        request('runs.edit', { ids: [run.id], change: { note: latest.current } }).catch(toasts.tellFailure);
      }
    },
    [run.id, toasts],
  );
  return (
    <div className="notes-tab">
      <TextArea
        value={text}
        onChange={setText}
        maxLength={20_000}
        aria-label="Note of the run"
        placeholder="Why this run? What came of it?"
      />
      <p className="t11 muted" role="status">
        {state === 'kept' ? 'Kept as you type.' : 'Writing…'}
      </p>
    </div>
  );
}
