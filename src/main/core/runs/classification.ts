import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../shared/contract/requests.ts';
import type { CoreContext } from '../context.ts';
import { requireRun } from './actions.ts';

/** What the stored predictions of one evaluation come to. */
export function classificationOfRun(
  context: CoreContext,
  { id }: RequestOf<'runs.classification'>,
): ResponseOf<'runs.classification'> {
  throw nonePredicted(context, id);
}

/** A page of the stored predictions of one evaluation. */
export async function predictedExamplesOf(
  context: CoreContext,
  { id }: RequestOf<'runs.predictedExamples'>,
): Promise<ResponseOf<'runs.predictedExamples'>> {
  throw nonePredicted(context, id);
}

const nonePredicted = (context: CoreContext, id: string): InnerloopError =>
  new InnerloopError('not-found', `${requireRun(context, id).name} has no stored predictions.`);
