import { renameSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMs = 5_000;
/** A holder whose heartbeat stood still for so long while someone waited is gone, whoever has its process id now. */
const silentMs = 30_000;
/** The programs of a set-up that was killed may go on for a while; nobody waits longer for them. */
const orphansMs = 600_000;

/** @typedef {{pid: number, host: string, token: string, children: readonly number[]}} Holder */

/**
 * @typedef {object} Lock
 * @property {(children: readonly number[]) => void} shareWith notes the programs that hold it too: should this process
 *   be killed, they keep it until they end
 * @property {() => Promise<void>} release
 */

/**
 * Takes the lock file, waiting while another living set-up, or a program that it started, holds it. A lock whose
 * holders are gone is taken over.
 * @param {string} file
 * @param {{onWait?: (holder: string) => void, pollMs?: number}} [options]
 * @returns {Promise<Lock>}
 */
export async function takeLock(file, { onWait, pollMs = 300 } = {}) {
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  let beat = { at: 0, seen: performance.now() };
  for (;;) {
    const own = await create(file);
    if (own) return keep(file, own);
    const holder = await readHolder(file);
    if (holder === undefined) continue;
    const at = await stat(file).then(
      (found) => found.mtimeMs,
      () => 0,
    );
    if (at !== beat.at) beat = { at, seen: performance.now() };
    if (isAbandoned(holder, { ageMs: Date.now() - at, silentForMs: performance.now() - beat.seen })) {
      await discard(file, holder);
      continue;
    }
    if (!told) onWait?.(`process ${holder.pid}${holder.host === os.hostname() ? '' : ` on ${holder.host}`}`);
    told = true;
    await sleep(pollMs);
  }
}

/** @param {string} file @returns {Promise<Holder | undefined>} undefined where someone else has it */
async function create(file) {
  const own = {
    pid: process.pid,
    host: os.hostname(),
    token: `${process.pid}-${process.hrtime.bigint()}`,
    children: [],
  };
  try {
    await writeFile(file, JSON.stringify(own), { flag: 'wx' });
    return own;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
}

/** @param {string} file @param {Holder} own @returns {Lock} */
function keep(file, own) {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => clearInterval(timer));
  }, heartbeatMs);
  timer.unref();
  return {
    shareWith(children) {
      // In one move, as others read it at any moment; at once, as this process may be killed at any moment.
      writeFileSync(`${file}.${own.token}`, JSON.stringify({ ...own, children }));
      renameSync(`${file}.${own.token}`, file);
    },
    async release() {
      clearInterval(timer);
      if ((await readHolder(file))?.token === own.token) await unlink(file);
    },
  };
}

/** @param {string} file @returns {Promise<Holder | undefined>} undefined where there is no lock */
async function readHolder(file) {
  try {
    const { pid, host, token, children } = JSON.parse(await readFile(file, 'utf8'));
    return {
      pid: Number(pid),
      host: String(host),
      token: String(token),
      children: Array.isArray(children) ? children : [],
    };
  } catch (error) {
    // Being written at this moment, or cut short by a crash.
    if (error instanceof SyntaxError) return { pid: 0, host: os.hostname(), token: '', children: [] };
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * @param {Holder} holder
 * @param {{ageMs: number, silentForMs: number}} heartbeat since the last one, and for how long this waiter saw none
 * @returns {boolean}
 */
function isAbandoned(holder, { ageMs, silentForMs }) {
  if (holder.pid === 0) return ageMs > 2_000;
  if (holder.host !== os.hostname()) return silentForMs > silentMs;
  if (isAlive(holder.pid) && silentForMs <= silentMs) return false;
  return !holder.children.some(isAlive) || ageMs > orphansMs;
}

/** @param {number} pid @returns {boolean} */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/**
 * Two waiters may find the same abandoned lock: it is moved aside first, and put back if it turned out to be a new one.
 * @param {string} file @param {Holder} holder
 */
async function discard(file, holder) {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  if ((await readHolder(aside))?.token === holder.token) await unlink(aside);
  else await rename(aside, file);
}
