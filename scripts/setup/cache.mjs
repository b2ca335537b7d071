import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { formatBytes } from './reporter.mjs';
import { explainFileError, Trouble } from './trouble.mjs';

/**
 * Where set-up keeps what it fetched, for all clones of this user.
 * @param {NodeJS.ProcessEnv} env INNERLOOP_CACHE wins over the platform's own place
 * @param {NodeJS.Platform} platform
 * @returns {string} absolute path
 */
export function cacheFolder(env, platform) {
  if (env.INNERLOOP_CACHE) return path.resolve(env.INNERLOOP_CACHE);
  if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'innerloop');
  if (platform === 'win32')
    return path.join(env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'), 'innerloop', 'cache');
  return path.join(env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'innerloop');
}

/**
 * Makes a folder of the cache whole or not at all: it is filled beside its place and renamed into it. What an
 * interrupted attempt left is thrown away first.
 * @param {string} folder final place; exists only when complete
 * @param {(temporary: string) => Promise<void>} fill
 * @returns {Promise<void>}
 */
export async function installFolder(folder, fill) {
  if (existsSync(folder)) return;
  const temporary = path.join(path.dirname(folder), `.unfinished-${path.basename(folder)}`);
  try {
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary, { recursive: true });
    await fill(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw explainFileError(error, path.dirname(folder));
  }
}

/**
 * @param {string} folder need not exist yet
 * @param {number} bytes
 * @param {string} what for the sentence: 'libtensorflow 2.21.0'
 * @throws {Trouble} where the disk has less than that free
 */
export async function requireSpace(folder, bytes, what) {
  let existing = folder;
  while (!existsSync(existing)) existing = path.dirname(existing);
  const { bavail, bsize } = await statfs(existing);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new Trouble(
    `${what} needs ${formatBytes(bytes)} on the disk that holds ${folder}; ${formatBytes(free)} are free.`,
    'Free some space, or set INNERLOOP_CACHE to a folder on another disk.',
  );
}

/**
 * @param {string} folder may be missing, or change while it is measured
 * @returns {Promise<number>} bytes of all files below
 */
export async function folderBytes(folder) {
  try {
    let sum = 0;
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const at = path.join(folder, entry.name);
      sum += entry.isDirectory() ? await folderBytes(at) : await stat(at).then((found) => found.size);
    }
    return sum;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
