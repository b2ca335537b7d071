import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { HomeLayout } from '../../files/home.ts';
import type { Readable } from './database.ts';

/** Backups kept; older ones go when a new one stands. */
const keptBackups = 7;

/**
 * Copies the whole database into `backups`, checks the copy, and gives it its name only then. Returns its path.
 * `label` says why, such as `schema-1`.
 */
export function backUp(db: Readable, layout: HomeLayout, label: string, now: number): string {
  mkdirSync(layout.backups, { recursive: true });
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const path = join(layout.backups, `innerloop-${stamp}-${label}.db`);
  const unfinished = `${path}.part`;
  rmSync(unfinished, { force: true });
  try {
    db.handle.prepare('VACUUM INTO ?').run(unfinished);
    verify(unfinished);
    flush(unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  for (const old of backupsOf(layout).slice(0, -keptBackups)) rmSync(join(layout.backups, old));
  return path;
}

/** File names of the finished backups, oldest first. */
export const backupsOf = (layout: HomeLayout): string[] =>
  readdirSync(layout.backups)
    .filter((name) => /^innerloop-.*\.db$/.test(name))
    .sort();

function verify(path: string): void {
  const copy = new BetterSqlite(path, { readonly: true });
  try {
    const verdict = copy.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') throw new InnerloopError('bad-file', `The backup ${path} is damaged: ${verdict}.`);
  } finally {
    copy.close();
  }
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
