import { join } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import type { CoreContext } from '../context.ts';
import { checkpointsOf, type StoredCheckpoint } from '../store/checkpoints.ts';

/** The checkpoint whose parameters stand for a run: the best by validation, else the newest. Throws `not-found`. */
export function bestCheckpoint(
  { db, layout }: CoreContext,
  run: RunSummary,
): { readonly checkpoint: StoredCheckpoint; readonly checkpointFile: string } {
  const stored = checkpointsOf(db, run.id);
  const checkpoint = stored.findLast(({ roles }) => roles.includes('best')) ?? stored.at(-1);
  if (!checkpoint) {
    throw new InnerloopError('not-found', `${run.name} has no checkpoint yet, so it has no parameters to export.`);
  }
  return { checkpoint, checkpointFile: join(layout.runs, run.id, checkpoint.file) };
}
