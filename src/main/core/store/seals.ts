import { createHash } from 'node:crypto';
import { change, oneRow, type Readable, text, textOrNull, type Writable } from './database.ts';
import { metricKeys, packAllTails, readSeries } from './metrics.ts';

/**
 * Seals a finished run: packs its metrics and stores a SHA-256 over the config as launched and every point, so that damage which
 * the database itself does not notice (a flipped bit in a value) is found.
 */
export function sealRun(db: Writable, runId: string): void {
  packAllTails(db, runId);
  change(db, 'UPDATE runs SET seal = ? WHERE id = ?', sealOf(db, runId), runId);
}

/** Takes the seal off a run that goes on. */
export const unsealRun = (db: Writable, runId: string): boolean =>
  change(db, 'UPDATE runs SET seal = NULL WHERE id = ?', runId) > 0;

/** Compares a run with its seal. */
export function verifySeal(db: Readable, runId: string): 'intact' | 'changed' | 'unsealed' {
  const seal = textOrNull(oneRow(db, 'SELECT seal FROM runs WHERE id = ?', runId)?.seal);
  if (seal === null) return 'unsealed';
  return seal === sealOf(db, runId) ? 'intact' : 'changed';
}

/** Edited names, notes and tags stand in columns of their own and are no part of it. */
function sealOf(db: Readable, runId: string): string {
  const run = oneRow(db, 'SELECT config FROM runs WHERE id = ?', runId);
  const hash = createHash('sha256').update(`${text(run?.config)}\n`);
  for (const key of metricKeys(db, runId)) {
    const { steps, values } = readSeries(db, runId, key);
    hash.update(`${key} ${steps.length}\n`);
    hash.update(bytesOf(steps)).update(bytesOf(values));
  }
  return hash.digest('hex');
}

const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
