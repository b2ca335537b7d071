import { InnerloopError } from '../../../shared/contract/errors.ts';
import { type AnySplitPlan, defaultSplitPlan, type SplitPlan } from '../../../shared/datasets/dataset.ts';

/** A plan as image classes follow it; throws `invalid-request` for one that is of examples. */
export function imagePlan(plan: AnySplitPlan | null): SplitPlan {
  if (plan === null) return defaultSplitPlan;
  if (plan.kind === 'drawn' || plan.kind === 'assigned') return plan;
  throw new InnerloopError(
    'invalid-request',
    'Images are split by class or group and not by example: every class is in one split only.',
  );
}
