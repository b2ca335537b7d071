import { useEffect, useRef, useState } from 'react';
import type { Predictions } from '../../../shared/runs/prediction.ts';
import { asFailure, request } from '../../app/core.ts';

const pauseMs = 250;

export interface TryIt {
  readonly text: string;
  readonly pair: string;
  readonly setText: (text: string) => void;
  readonly setPair: (pair: string) => void;
  readonly asking: 'yes' | 'no';
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
  const [asking, setAsking] = useState<'yes' | 'no'>('no');
  const [answer, setAnswer] = useState<Predictions | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const wanted = useRef({ text, pair });
  const busy = useRef<'yes' | 'no'>('no');
  const gone = useRef(false);

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
    setAsking('yes');
    const mine = wanted.current;
    let found: { readonly answer: Predictions } | { readonly failure: string };
    try {
      found = { answer: await request('runs.predict', { id, texts: [questionOf(mine)] }) };
    } catch (thrown) {
      found = { failure: asFailure(thrown).message };
    }
    busy.current = 'no';
    if (gone.current) return;
    const now = wanted.current;
    const newer = now.text !== mine.text || now.pair !== mine.pair;
    if (now.text.trim() !== '') {
      if ('answer' in found) setAnswer(found.answer);
      setFailure('failure' in found ? found.failure : null);
    }
    if (newer && now.text.trim() !== '') void ask();
    else setAsking('no');
  };

  return { text, pair, setText, setPair, asking, answer, failure };
}

const questionOf = ({ text, pair }: { readonly text: string; readonly pair: string }) =>
  pair.trim() === '' ? { text } : { text, pair };
