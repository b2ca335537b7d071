import { useEffect, useRef, useState } from 'react';
import { keptWarmMs, type Predictions } from '../../../shared/runs/prediction.ts';
import { asFailure, request } from '../../app/core.ts';

/** From the last key to the question. */
const pauseMs = 100;
/** An answer by a loaded model comes sooner than this; what takes longer is told. */
const noticedMs = 400;

/** What is under way: `loading`, the first question of a while, for which the model is loaded. */
export type Asking = 'no' | 'loading' | 'yes';

export interface TryIt {
  readonly text: string;
  readonly pair: string;
  readonly setText: (text: string) => void;
  readonly setPair: (pair: string) => void;
  readonly asking: Asking;
  readonly answer: Predictions | null;
  readonly failure: string | null;
}

/**
 * Asks what a run says of a text whenever typing rests. One question is under way at a time: what was typed meanwhile
 * is asked when it is answered, and what was typed in between never.
 */
export function useTryIt(id: string): TryIt {
  const [text, setText] = useState('');
  const [pair, setPair] = useState('');
  const [asking, setAsking] = useState<Asking>('no');
  const [answer, setAnswer] = useState<Predictions | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = useRef({ text, pair });
  const busy = useRef<'yes' | 'no'>('no');
  const gone = useRef(false);
  const answered = useRef<{ readonly id: string; readonly at: number } | null>(null);

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks with what is wanted when it is asked
  useEffect(() => {
    wanted.current = { text, pair };
    if (text.trim() === '') {
      setAnswer(null);
      setFailure(null);
      return;
    }
    const timer = setTimeout(() => void ask(), pauseMs);
    return () => clearTimeout(timer);
  }, [id, text, pair]);

  const ask = async (): Promise<void> => {
    if (busy.current === 'yes') return;
    busy.current = 'yes';
    const told = tellOfWaiting(isWarm(answered.current, id) ? 'yes' : 'loading', setAsking);
    const mine = wanted.current;
    let found: { readonly answer: Predictions } | { readonly failure: string };
    try {
      found = { answer: await request('runs.predict', { id, texts: [questionOf(mine)] }) };
      answered.current = { id, at: performance.now() };
    } catch (thrown) {
      found = { failure: asFailure(thrown).message };
      answered.current = null; // the process may be gone
    }
    clearTimeout(told);
    busy.current = 'no';
    if (gone.current) return;
    const now = wanted.current;
    const newer = now.text !== mine.text || now.pair !== mine.pair;
    if (now.text.trim() !== '') {
      if ('answer' in found) setAnswer(found.answer);
      setFailure('failure' in found ? found.failure : null);
    }
    setAsking('no');
    if (newer && now.text.trim() !== '') void ask();
  };

  return { text, pair, setText, setPair, asking, answer, failure };
}

/** Says at once that a model is loaded that was not asked lately, and of one that is slow that it is asked. */
function tellOfWaiting(what: 'loading' | 'yes', tell: (asking: Asking) => void): number | undefined {
  if (what === 'yes') return window.setTimeout(() => tell('yes'), noticedMs);
  tell('loading');
  return undefined;
}

const isWarm = (answered: { readonly id: string; readonly at: number } | null, id: string): boolean =>
  answered !== null && answered.id === id && performance.now() - answered.at < keptWarmMs;

const questionOf = ({ text, pair }: { readonly text: string; readonly pair: string }) =>
  pair.trim() === '' ? { text } : { text, pair };
