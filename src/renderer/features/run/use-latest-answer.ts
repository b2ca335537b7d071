import { useEffect, useRef, useState } from 'react';
import { asFailure } from '../../app/core.ts';

interface State<Answer> {
  /** What was asked of last; null before the first question. */
  readonly name: string | null;
  readonly asking: 'yes' | 'no';
  readonly answer: Answer | null;
  readonly failure: string | null;
}

export interface LatestAnswer<Answer> extends State<Answer> {
  readonly about: (name: string, ask: () => Promise<Answer>) => void;
  /** Drops the answer, and the one that may be under way. */
  readonly forget: () => void;
}

/** The answer to the question that was put last; one that comes after a later question is dropped. */
export function useLatestAnswer<Answer>(): LatestAnswer<Answer> {
  const [state, setState] = useState<State<Answer>>(nothing);
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1; // nobody waits for an answer any more
    },
    [],
  );
  const put = async (name: string, ask: () => Promise<Answer>): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    setState((before) => ({ ...before, name, asking: 'yes', failure: null }));
    let found: Pick<State<Answer>, 'answer' | 'failure'>;
    try {
      found = { answer: await ask(), failure: null };
    } catch (thrown) {
      found = { answer: null, failure: asFailure(thrown).message };
    }
    if (turn.current === mine) setState({ name, asking: 'no', ...found });
  };
  return {
    ...state,
    about: (name, ask) => void put(name, ask),
    forget: () => {
      turn.current += 1;
      setState(nothing);
    },
  };
}

const nothing = { name: null, asking: 'no', answer: null, failure: null } as const;
