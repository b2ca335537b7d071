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
  // The seed draws the examples of labelled images, and so decides how many there are.
  const settled = (own: RunConfig) => settleConfig(own, datasets.counts?.(own) ?? null);
  const runs = [...new Set(seeds)].map((seed) => ({ id: newId(), config: settled({ ...config, seed }) }));
  inTransaction(context.db, () => storeQueued(context, datasets, runs, start));
  for (const { id } of runs) announceRun(context, id);
  return runs.map(({ id }) => id);
}

/** Inside a transaction: stores valid configs as queued runs, in this order, and returns the numbers they get. */
export function storeQueued(
  { db, now }: CoreContext,
  datasets: DatasetDesk,
  runs: readonly { readonly id: string; readonly config: RunConfig }[],
  start: 'now' | 'queue',
): readonly number[] {
  const numbers = runs.map(({ id, config }) => {
    const number = insertRun(db, {
      id,
      name: resolveRunName(config),
      config,
      groupKey: groupKeyOf(config),
      costKey: costKeyOf(config),
      dataset: datasets.factsFor(config),
      createdAt: now(),
    });
    for (const tag of config.tags) addTag(db, id, tag);
    return number;
  });
  const ids = runs.map(({ id }) => id);
  writeQueue(db, enqueue(queueEntries(db), ids, start));
  return numbers;
}
