import { mkdir, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMs = 5_000;
const abandonedAfterMs = 60_000;

/**
 * Takes the lock file, waiting while another living set-up holds it. A lock left by a process that is gone is taken
 * over; one from another machine (a shared home folder) counts as abandoned when its heartbeat stops.
 * @param {string} file
 * @param {{onWait?: (holder: string) => void, pollMs?: number}} [options]
 * @returns {Promise<() => Promise<void>>} gives the lock back
 */
export async function takeLock(file, { onWait, pollMs = 300 } = {}) {
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  for (;;) {
    if (await create(file)) return keep(file);
    const holder = await readHolder(file);
    if (holder === undefined) continue;
    if (await isAbandoned(file, holder)) {
      await discard(file, holder);
      continue;
    }
    if (!told) onWait?.(`process ${holder.pid}${holder.host === os.hostname() ? '' : ` on ${holder.host}`}`);
    told = true;
    await sleep(pollMs);
  }
}

/** @typedef {{pid: number, host: string, token: string}} Holder */

/** @param {string} file @returns {Promise<boolean>} */
async function create(file) {
  // Written aside and linked by an exclusive create, so that nobody ever reads half a lock.
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(
      JSON.stringify({ pid: process.pid, host: os.hostname(), token: `${process.pid}-${process.hrtime.bigint()}` }),
    );
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file @returns {() => Promise<void>} */
function keep(file) {
  const timer = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => clearInterval(timer));
  }, heartbeatMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    const holder = await readHolder(file);
    if (holder?.pid === process.pid && holder.host === os.hostname()) await unlink(file);
  };
}

/** @param {string} file @returns {Promise<Holder | undefined>} undefined where there is no lock */
async function readHolder(file) {
  try {
    const value = JSON.parse(await readFile(file, 'utf8'));
    return { pid: Number(value.pid), host: String(value.host), token: String(value.token) };
  } catch (error) {
    if (error instanceof SyntaxError) return { pid: 0, host: os.hostname(), token: '' }; // being written, or cut short by a crash
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {string} file @param {Holder} holder @returns {Promise<boolean>} */
async function isAbandoned(file, holder) {
  const age = await stat(file).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  if (holder.pid === 0) return age > 2_000;
  if (holder.host !== os.hostname()) return age > abandonedAfterMs;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
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
  const moved = await readHolder(aside);
  if (moved?.token === holder.token) await unlink(aside);
  else await rename(aside, file);
}
