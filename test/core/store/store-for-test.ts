import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDatabase, type Writable } from '../../../src/main/core/store/database.ts';
import { migrate } from '../../../src/main/core/store/migrate.ts';
import { insertRun, type NewRun } from '../../../src/main/core/store/runs.ts';
import { type HomeLayout, homeLayout } from '../../../src/main/files/home.ts';
import { completeRunConfig } from '../../../src/shared/run-config/complete.ts';
import { costKeyOf } from '../../../src/shared/run-config/cost-key.ts';
import { groupKeyOf } from '../../../src/shared/run-config/grouping.ts';
import { type RunConfig, runConfigSchema } from '../../../src/shared/run-config/schema.ts';

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'innerloop-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const temporaryHome = (): HomeLayout => homeLayout(temporaryFolder());

/** A migrated database in a file, closed when the test ends. */
export function temporaryStore(): Writable {
  const db = openDatabase(join(temporaryFolder(), 'innerloop.db'));
  onTestFinished(() => void db.handle.close());
  migrate(db, { backUp: () => undefined });
  return db;
}

/** The sinusoid preset with parts replaced. */
export const configWith = (parts: Record<string, unknown> = {}): RunConfig =>
  runConfigSchema.parse(completeRunConfig(parts));

/** Stores a run; what is left out is made up. */
export function storedRun(db: Writable, id: string, { config = configWith(), ...rest }: Partial<NewRun> = {}): string {
  const run = {
    id,
    name: id,
    groupKey: groupKeyOf(config),
    costKey: costKeyOf(config),
    dataset: null,
    createdAt: 1000,
  };
  insertRun(db, { ...run, config, ...rest });
  return id;
}
