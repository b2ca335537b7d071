import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { RequestOf } from '../../../shared/contract/requests.ts';
import { parseRunConfig } from '../../../shared/run-config/complete.ts';
import { costKeyOf } from '../../../shared/run-config/cost-key.ts';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { groupKeyOf } from '../../../shared/run-config/grouping.ts';
import { resolveRunName } from '../../../shared/run-config/naming.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { settleConfig } from '../../../shared/run-config/settle.ts';
import type { CoreContext } from '../context.ts';
import { newId } from '../identity.ts';
import { inTransaction } from '../store/database.ts';
import { queueEntries, writeQueue } from '../store/queue-positions.ts';
import { insertRun } from '../store/runs.ts';
import { addTag } from '../store/tags.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import { enqueue } from './queue.ts';
import { announceRun } from './recorder.ts';
import { withRememberedEngine } from './remembered-engine.ts';

/** Validates a partial config, also against the dataset it names. Throws `invalid-config` with every wrong field. */
export function validConfig(input: Readonly<Record<string, unknown>>, datasets: DatasetDesk): RunConfig {
  const parsed = parseRunConfig(input);
  if (!parsed.ok) throw invalidConfig(parsed.errors);
  const { errors } = datasets.check(parsed.config);
  if (errors.length > 0) throw invalidConfig(errors);
  datasets.modelFor?.(parsed.config);
  return settleConfig(parsed.config, datasets.counts?.(parsed.config) ?? null);
}

/** All wrong fields in one error. */
export function invalidConfig(errors: readonly FieldError[]): InnerloopError {
  const count = errors.length === 1 ? '1 field' : `${errors.length} fields`;
  const sentences = errors.map(({ message }) => message).join(' ');
  return new InnerloopError('invalid-config', `The config has ${count} to fix. ${sentences}`, {
    fields: errors.map((error) => ({ ...error })),
  });
}

/** Stores one queued run per seed and returns their ids in the order of the seeds; all or none. */
export function launchRuns(
  context: CoreContext,
  datasets: DatasetDesk,
  { config: input, seeds, start }: RequestOf<'runs.launch'>,
): readonly string[] {
  const config = withRememberedEngine(context.db, validConfig(input, datasets));
  const dataset = datasets.factsFor(config);
  const runs = [...new Set(seeds)].map((seed) => ({ id: newId(), config: { ...config, seed } }));
  inTransaction(context.db, () => {
    for (const { id, config: own } of runs) {
      insertRun(context.db, {
        id,
        name: resolveRunName(own),
        config: own,
        groupKey: groupKeyOf(own),
        costKey: costKeyOf(own),
        dataset,
        createdAt: context.now(),
      });
      for (const tag of own.tags) addTag(context.db, id, tag);
    }
    const ids = runs.map(({ id }) => id);
    writeQueue(context.db, enqueue(queueEntries(context.db), ids, start));
  });
  for (const { id } of runs) announceRun(context, id);
  return runs.map(({ id }) => id);
}
