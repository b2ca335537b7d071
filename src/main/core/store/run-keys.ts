import { createHash } from 'node:crypto';
import { z } from 'zod';
import { completeFromTask } from '../../../shared/run-config/complete.ts';
import { costKeyOf } from '../../../shared/run-config/cost-key.ts';
import { groupKeyOf, stableJson } from '../../../shared/run-config/grouping.ts';
import { presets } from '../../../shared/run-config/presets.ts';
import { type RunConfig, runConfigSchema } from '../../../shared/run-config/schema.ts';
import { allRows, change, inTransaction, json, text, type Writable } from './database.ts';
import { getSetting, setSetting } from './settings.ts';

const madeForKey = 'run-keys.made-for';

/** Changes whenever a config could be completed in another way than before: with the schema and with the presets. */
const configVersion = (): string =>
  createHash('sha256')
    .update(stableJson([z.toJSONSchema(runConfigSchema), presets.map(({ config }) => config)]))
    .digest('hex');

/**
 * Makes the keys by which runs are grouped and their costs compared anew, where they were made for other `version`s of
 * the config: a run that is older than a field then stands with the new runs that say what its absence meant.
 */
export function renewRunKeys(db: Writable, version = configVersion()): void {
  if (getSetting(db, madeForKey) === version) return;
  inTransaction(db, () => {
    for (const row of allRows(db, 'SELECT id, config, group_key, cost_key FROM runs WHERE json_valid(config)')) {
      const config = completeFromTask(json<Record<string, unknown>>(row.config)) as RunConfig;
      const keys = [groupKeyOf(config), costKeyOf(config)];
      if (keys[0] === text(row.group_key) && keys[1] === text(row.cost_key)) continue;
      change(db, 'UPDATE runs SET group_key = ?, cost_key = ? WHERE id = ?', ...keys, text(row.id));
    }
    setSetting(db, madeForKey, version);
  });
}
