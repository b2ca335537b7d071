import { createHash } from 'node:crypto';
import { availableParallelism, cpus } from 'node:os';
import {
  type EngineChoice,
  engineChoiceSchema,
  engineKeyOf,
  withEngineChoice,
} from '../../../shared/run-config/engine-choice.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import type { Readable, Writable } from '../store/database.ts';
import { getSetting, setSetting } from '../store/settings.ts';

export const rememberEngine = (db: Writable, config: RunConfig, choice: EngineChoice): void =>
  setSetting(db, settingOf(config), JSON.stringify(choice));

/** The config as it would be launched here: what it leaves open to the engine as it was measured, if it was. */
export const withRememberedEngine = (db: Readable, config: RunConfig): RunConfig =>
  withEngineChoice(config, rememberedEngine(db, config));

/** What was found fastest for such steps on this machine; null where nothing was measured. */
export function rememberedEngine(db: Readable, config: RunConfig): EngineChoice | null {
  const stored = getSetting(db, settingOf(config));
  return stored === null ? null : engineChoiceSchema.parse(JSON.parse(stored));
}

/** Name of the setting: shapes of the step, and the processor, since a data folder may move to another machine. */
function settingOf(config: RunConfig): string {
  const machine = `${cpus()[0]?.model.trim()} ${availableParallelism()}`;
  return `engine-choice/${createHash('sha256')
    .update(`${machine} ${engineKeyOf(config)}`)
    .digest('hex')
    .slice(0, 32)}`;
}
