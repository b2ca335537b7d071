import { useEffect, useRef, useState } from 'react';
import type { ResponseOf } from '../../../shared/contract/requests.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { asFailure, type RequestFailure, request, useEvent } from '../../app/core.ts';

export type ConfigCheck = ResponseOf<'config.check'>;

export interface Checked {
  /** The answer for the config as it is now, or while one is under way the answer before. */
  readonly answer: ConfigCheck | undefined;
  /** `waiting`: the answer shown is for an earlier config. `none`: the config is not valid by itself. */
  readonly state: 'none' | 'waiting' | 'ready' | 'failed';
  readonly failure: RequestFailure | undefined;
}

const pauseMs = 300;

/** Asks the core what it thinks of a config, a moment after the last change: datasets, advice, time. */
export function useCheck(config: RunConfig | null): Checked {
  const [known, setKnown] = useState<{ key: string; answer?: ConfigCheck; failure?: RequestFailure }>({ key: '' });
  const [asking, setAsking] = useState(0);
  const key = config ? JSON.stringify({ ...config, note: '' }) : '';
  const latest = useRef(config);
  latest.current = config;
  useEvent('dataset.changed', () => setAsking((times) => times + 1));
  useEvent('dataset.removed', () => setAsking((times) => times + 1));
  useEvent('core.state', ({ state }) => state === 'connected' && setAsking((times) => times + 1));

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asking` asks again about the same config
  useEffect(() => {
    if (key === '') return;
    let current = true;
    const timer = setTimeout(() => {
      request('config.check', { config: latest.current as RunConfig }).then(
        (answer) => current && setKnown({ key, answer }),
        (thrown) => current && setKnown((before) => ({ ...before, key, failure: asFailure(thrown) })),
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key, asking]);

  if (key === '') return { answer: undefined, state: 'none', failure: undefined };
  const state = known.key !== key ? 'waiting' : known.failure ? 'failed' : 'ready';
  return { answer: known.answer, state, failure: state === 'failed' ? known.failure : undefined };
}
