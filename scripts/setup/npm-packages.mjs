import { existsSync } from 'node:fs';
import path from 'node:path';
import { folderBytes } from './cache.mjs';
import { run } from './command.mjs';
import { digestFile } from './digest.mjs';
import { readJson, writeJson } from './record.mjs';
import { Trouble } from './trouble.mjs';

/** @typedef {import('./place.mjs').Place} Place */

/** npm packages as package-lock.json says. No install script of a package is run: the steps below do what is needed. @type {import('./place.mjs').Step} */
export const npmPackages = {
  name: 'npm packages',
  async isDone(place) {
    if (!existsSync(place.modules)) return false;
    const digest = await digestFile(path.join(place.root, 'package-lock.json'));
    if (readJson(stampFile(place))?.lock === digest) return true;
    // Someone ran npm by hand: what npm itself noted about node_modules tells whether that was enough.
    return holdsAll(
      readJson(path.join(place.root, 'package-lock.json'))?.packages ?? {},
      readJson(path.join(place.modules, '.package-lock.json'))?.packages ?? {},
    );
  },
  async run(place) {
    const lock = path.join(place.root, 'package-lock.json');
    const wanted = Object.entries(readJson(lock)?.packages ?? {}).filter(([name, entry]) => name !== '' && fits(entry));
    place.report.step(
      `npm packages: ${wanted.length} from package-lock.json (about 300 MB to fetch where npm's cache is empty)`,
    );
    const before = await folderBytes(await npmCache(place));
    let seen = 0;
    const { code, output } = await npm(
      place,
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'http'],
      (line) => {
        if (seen === wanted.length || !/npm http (fetch|cache)/.test(line)) return;
        seen += 1;
        place.report.progress(seen, wanted.length, 'packages');
        if (seen === wanted.length) place.report.note('all fetched; npm is unpacking them');
      },
    );
    if (code !== 0) throw explainNpm(output);
    place.report.downloaded(Math.max(0, (await folderBytes(await npmCache(place))) - before));
    await writeJson(stampFile(place), { lock: await digestFile(lock) });
  },
};

/** @param {Place} place */
const stampFile = (place) => path.join(place.modules, '.innerloop', 'packages.json');

/** @typedef {Readonly<Record<string, {version?: string, optional?: boolean, os?: readonly string[], cpu?: readonly string[]}>>} LockPackages */

/**
 * @param {LockPackages} wanted of package-lock.json
 * @param {LockPackages} found of node_modules/.package-lock.json
 * @returns {boolean} whether every needed package is there in its version
 */
export function holdsAll(wanted, found) {
  return Object.entries(wanted).every(
    ([name, entry]) => name === '' || (entry.optional && !found[name]) || found[name]?.version === entry.version,
  );
}

/** @param {{os?: readonly string[], cpu?: readonly string[]}} entry @returns {boolean} whether npm installs it on this machine */
const fits = ({ os, cpu }) => (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));

/** @param {Place} place @param {readonly string[]} args @param {(line: string) => void} [onLine] */
function npm(place, args, onLine) {
  const options = { cwd: place.root, ...(onLine && { onLine }) };
  const script = process.env.npm_execpath ?? '';
  if (path.basename(script) === 'npm-cli.js') return run(process.execPath, [script, ...args], options);
  if (place.platform === 'win32') return run('cmd.exe', ['/c', 'npm', ...args], options);
  return run('npm', args, options);
}

/** @param {Place} place @returns {Promise<string>} npm's cache folder */
async function npmCache(place) {
  const { code, output } = await npm(place, ['config', 'get', 'cache']);
  return code === 0 ? path.join(output.trim().split('\n').at(-1) ?? '', '_cacache', 'content-v2') : '';
}

/** @param {string} output @returns {Trouble} */
export function explainNpm(output) {
  if (/ENOSPC/.test(output))
    return new Trouble('The disk is full: the npm packages could not be written.', 'Free some space and start again.');
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(output)) {
    return new Trouble(
      'The npm registry cannot be reached: the packages were not fetched.',
      "Check the network, or npm's proxy and registry settings (npm config list), and start again.",
    );
  }
  if (/EUSAGE|in sync/.test(output)) {
    return new Trouble(
      'package.json and package-lock.json do not belong together.',
      'Run npm install once, commit package-lock.json, and start again.',
    );
  }
  const said = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .slice(0, 4);
  return new Trouble(
    `npm ci failed. It said:\n${said.join('\n') || output.trim().split('\n').slice(-4).join('\n')}`,
    'Start again once that is mended.',
  );
}
