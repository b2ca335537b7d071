import { useEffect, useRef, useState } from 'react';
import { asFailure, type RequestFailure, useEvent } from '../../app/core.ts';

export interface LaterAnswer<Answer> {
  /** To the question as it is now, or while one is under way to the one before; undefined where none is known. */
  readonly answer: Answer | undefined;
  /** `waiting`: the answer shown is to an earlier question. `none`: there is nothing to ask. */
  readonly state: 'none' | 'waiting' | 'ready' | 'failed';
  readonly failure: RequestFailure | undefined;
}

const pauseMs = 300;

/**
 * Asks the core a moment after the last change of `key`, which stands for the question, and anew when datasets change
 * or the core is back; nothing for an empty key. `again` asks anew for other reasons.
 */
export function useLaterAnswer<Answer>(
  key: string,
  ask: () => Promise<Answer>,
): LaterAnswer<Answer> & { readonly again: () => void } {
  const [known, setKnown] = useState<{ key: string; answer?: Answer; failure?: RequestFailure }>({ key: '' });
  const [asking, setAsking] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  const again = (): void => setAsking((times) => times + 1);
  useEvent('dataset.changed', again);
  useEvent('dataset.removed', again);
  useEvent('core.state', ({ state }) => state === 'connected' && again());

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asking` asks the same question again
  useEffect(() => {
    if (key === '') return;
    let current = true;
    const timer = setTimeout(() => {
      latest.current().then(
        (answer) => current && setKnown({ key, answer }),
        (thrown) => current && setKnown((before) => ({ ...before, key, failure: asFailure(thrown) })),
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key, asking]);

  if (key === '') return { answer: undefined, state: 'none', failure: undefined, again };
  const state = known.key !== key ? 'waiting' : known.failure ? 'failed' : 'ready';
  return { answer: known.answer, state, failure: state === 'failed' ? known.failure : undefined, again };
}
