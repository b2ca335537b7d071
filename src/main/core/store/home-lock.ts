import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { HomeLayout } from '../../files/home.ts';

export interface HomeLock {
  /** Whether the last holder gave the folder back itself, or was killed while it had it. */
  readonly lastEnd: 'clean' | 'killed';
  /** Gives the folder free. `killed` leaves the mark of an earlier killed holder: what it left was not looked at. */
  release(mark?: 'clean' | 'killed'): void;
}

/**
 * Takes the data folder for this process, or throws `home-in-use` with the pid of the one that has it.
 *
 * The lock is an exclusive SQLite transaction on `core.lock`: the system drops it when its process ends in whatever
 * way, so a lock left by a killed core never stands in the way. `core.json` only tells people who holds it.
 */
export function takeHome(layout: HomeLayout, pid: number, now: number): HomeLock {
  const handle = new BetterSqlite(layout.lock, { timeout: 0 });
  try {
    handle.pragma('locking_mode = EXCLUSIVE');
    handle.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    handle.close();
    if ((error as { readonly code?: string }).code !== 'SQLITE_BUSY') throw error;
    const owner = ownerOf(layout);
    const who = owner === null ? 'another process' : `process ${owner.pid}`;
    throw new InnerloopError(
      'home-in-use',
      `The data folder ${layout.home} is in use by ${who}. Close the other Innerloop, or choose another folder with --home.`,
    );
  }
  const lastEnd = existsSync(layout.owner) ? 'killed' : 'clean';
  writeFileSync(layout.owner, JSON.stringify({ pid, since: now }));
  return {
    lastEnd,
    release(mark = 'clean') {
      if (mark === 'clean') rmSync(layout.owner, { force: true });
      handle.close();
    },
  };
}

/** Who wrote `core.json`: the holder of the lock, or the last one that was killed; null when nobody did. */
export function ownerOf(layout: HomeLayout): { readonly pid: number; readonly since: number } | null {
  try {
    const owner: unknown = JSON.parse(readFileSync(layout.owner, 'utf8'));
    const { pid, since } = owner as { pid?: unknown; since?: unknown };
    return typeof pid === 'number' && typeof since === 'number' ? { pid, since } : null;
  } catch {
    return null; // missing, or half written by a process that was killed: only a hint for people
  }
}
