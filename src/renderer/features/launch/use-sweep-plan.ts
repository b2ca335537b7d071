import { useEffect, useRef, useState } from 'react';
import type { ResponseOf } from '../../../shared/contract/requests.ts';
import { stableJson } from '../../../shared/run-config/grouping.ts';
import { asFailure, type RequestFailure, request, useEvent } from '../../app/core.ts';
import type { CheckedDraft } from './draft.ts';

export type SweepPlan = ResponseOf<'sweeps.plan'>;

export interface PlannedSweep {
  /** Of the sweep as it is now, or while one is under way the plan before; undefined where none is known. */
  readonly plan: SweepPlan | undefined;
  readonly state: 'none' | 'waiting' | 'ready' | 'failed';
  readonly failure: RequestFailure | undefined;
}

const pauseMs = 300;

/** What the request of a sweep says, for a plan as for a launch. */
export const sweepRequest = ({ base, axes, seeds }: CheckedDraft) => ({
  config: { ...base },
  axes: axes.map(({ path, values }) => ({ path, values: [...values] })),
  seeds: [...seeds],
});

/** Asks the core what a sweep would launch, a moment after the last change; nothing while there is none or it is wrong. */
export function useSweepPlan(checked: CheckedDraft): PlannedSweep {
  const [known, setKnown] = useState<{ key: string; plan?: SweepPlan; failure?: RequestFailure }>({ key: '' });
  const [asking, setAsking] = useState(0);
  const wanted = checked.config !== null && checked.axes.length > 0;
  const key = wanted ? stableJson(sweepRequest(checked)) : '';
  const latest = useRef(checked);
  latest.current = checked;
  const again = (): void => setAsking((times) => times + 1);
  useEvent('dataset.changed', again);
  useEvent('dataset.removed', again);
  useEvent('run.removed', again);
  useEvent('core.state', ({ state }) => state === 'connected' && again());

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asking` asks again about the same sweep
  useEffect(() => {
    if (key === '') return;
    let current = true;
    const timer = setTimeout(() => {
      request('sweeps.plan', sweepRequest(latest.current)).then(
        (plan) => current && setKnown({ key, plan }),
        (thrown) => current && setKnown((before) => ({ ...before, key, failure: asFailure(thrown) })),
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key, asking]);

  if (key === '') return { plan: undefined, state: 'none', failure: undefined };
  const state = known.key !== key ? 'waiting' : known.failure ? 'failed' : 'ready';
  return { plan: known.plan, state, failure: state === 'failed' ? known.failure : undefined };
}
