import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { folderBytes } from './cache.mjs';
import { run } from './command.mjs';
import { fallbackFolder, installFallback } from './electron-fallback.mjs';
import { electronFallbackVersion } from './pins.mjs';
import { amendRecord, readJson, readRecord } from './record.mjs';
import { shippedNodePath } from './shipped-node.mjs';

/** @typedef {import('./place.mjs').Place} Place */

/**
 * Electron's binary: by the npm package's own download, or, where its host is out of reach, the fallback. Which of the
 * two it became is remembered; a plain `npm run setup` tries the download again.
 * @type {import('./place.mjs').Step}
 */
export const electron = {
  name: 'Electron',
  async isDone(place) {
    const known = readRecord(place.modules).electron;
    if (!known || !existsSync(known.path)) return false;
    if (known.source === 'download') return known.version === wantedVersion(place);
    return !place.retryUnreachable && known.path === path.join(fallbackFolder(place) ?? '', 'electron');
  },
  async run(place) {
    const version = wantedVersion(place);
    place.report.step(`Electron ${version}: about 120 MB to fetch`);
    const executable = await download(place);
    if (executable) return amendRecord(place.modules, { electron: { path: executable, version, source: 'download' } });
    const folder = await installFallback(place);
    await amendRecord(place.modules, {
      electron: { path: path.join(folder, 'electron'), version: electronFallbackVersion, source: 'fallback' },
    });
  },
};

/** @param {Place} place @returns {string} */
const wantedVersion = (place) => readJson(path.join(place.modules, 'electron', 'package.json'))?.version;

/** How long the download may bring no byte before its host counts as out of reach. */
const patienceMs = 20_000;
const archiveBytes = 120_000_000;

/**
 * Runs the npm package's own download, which checks its own pinned digests, into this cache.
 * @param {Place} place
 * @returns {Promise<string | undefined>} the executable; undefined where the host cannot be reached
 */
async function download(place) {
  const folder = path.join(place.modules, 'electron');
  const archives = path.join(place.cache, 'electron-downloads');
  const temporary = path.join(place.cache, 'downloads', '.unfinished-electron');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  const before = await folderBytes(archives);
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, electron_config_cache: archives, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  delete env.ELECTRON_OVERRIDE_DIST_PATH;
  const stalled = new AbortController();
  const watch = watchProgress(
    async () => (await folderBytes(temporary)) + (await folderBytes(path.join(folder, 'dist'))),
    (bytes) => place.report.progress(Math.min(bytes, archiveBytes), archiveBytes, 'bytes'),
    () => stalled.abort(),
  );
  // Its installer asks for Node 22.12: the shipped Node runs it, whatever the machine's own is.
  const { code } = await run(shippedNodePath(place), [path.join(folder, 'install.js')], {
    env,
    signal: stalled.signal,
  }).finally(() => clearInterval(watch));
  await rm(temporary, { recursive: true, force: true });
  if (code !== 0) return undefined;
  place.report.downloaded((await folderBytes(archives)) - before);
  return path.join(folder, 'dist', await readFile(path.join(folder, 'path.txt'), 'utf8'));
}

/**
 * @param {() => Promise<number>} measure
 * @param {(bytes: number) => void} onProgress
 * @param {() => void} onStall once nothing moved for as long as patience lasts
 * @returns {NodeJS.Timeout}
 */
function watchProgress(measure, onProgress, onStall) {
  let last = -1;
  let movedAt = Date.now();
  return setInterval(async () => {
    const bytes = await measure();
    if (bytes !== last) movedAt = Date.now();
    last = bytes;
    onProgress(bytes);
    if (Date.now() - movedAt > patienceMs) onStall();
  }, 500);
}
