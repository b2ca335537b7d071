import type { ResponseOf } from '../../../shared/contract/requests.ts';
import { stableJson } from '../../../shared/run-config/grouping.ts';
import { request, useEvent } from '../../app/core.ts';
import type { CheckedDraft } from './draft.ts';
import { type LaterAnswer, useLaterAnswer } from './use-later-answer.ts';

export type SweepPlan = ResponseOf<'sweeps.plan'>;

export interface PlannedSweep extends Pick<LaterAnswer<SweepPlan>, 'state' | 'failure'> {
  /** Of the sweep as it is now, or while one is under way the plan before; undefined where none is known. */
  readonly plan: SweepPlan | undefined;
}

/** What the request of a sweep says, for a plan as for a launch. */
export const sweepRequest = ({ base, axes, seeds }: CheckedDraft) => ({
  config: { ...base },
  axes: axes.map(({ path, values }) => ({ path, values: [...values] })),
  seeds: [...seeds],
});

/** Asks the core what a sweep would launch, a moment after the last change; nothing while there is none or it is wrong. */
export function useSweepPlan(checked: CheckedDraft): PlannedSweep {
  const wanted = checked.config !== null && checked.axes.length > 0;
  const key = wanted ? stableJson(sweepRequest(checked)) : '';
  const { answer, state, failure, again } = useLaterAnswer(key, () => request('sweeps.plan', sweepRequest(checked)));
  useEvent('run.removed', again);
  return { plan: answer, state, failure };
}
