import { existsSync } from 'node:fs';
import { installSystemPackages } from './apt.mjs';
import { run } from './command.mjs';
import { readRecord } from './record.mjs';
import { Trouble } from './trouble.mjs';

/** @typedef {import('./place.mjs').Place} Place */

/** What Electron's window needs from Debian or Ubuntu, and what shows a window where there is no display. */
const windowPackages = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libxcomposite1',
  'libxdamage1',
  'libxrandr2',
  'libxkbcommon0',
  'libpango-1.0-0',
  'libcairo2',
  'libnotify4',
  'libsecret-1-0',
  'libxss1',
  'libxtst6',
  'fonts-dejavu-core',
];
const virtualDisplayPackages = ['xvfb', 'xauth'];

/** The operating system's libraries that Electron is linked with. @type {import('./place.mjs').Step} */
export const systemLibraries = {
  name: 'system libraries',
  async isDone(place) {
    return place.platform !== 'linux' || (await missing(place)).length === 0;
  },
  async run(place) {
    const needed = await missing(place);
    place.report.step(`system libraries for a window: ${needed.join(', ')} missing`);
    const packages = needed.some((name) => name.startsWith('lib')) ? windowPackages : [];
    const problem = `A window cannot be shown yet: this system has no ${needed.join(', ')}.`;
    await installSystemPackages([...packages, ...(place.hasDisplay ? [] : virtualDisplayPackages)], problem, place);
    const still = await missing(place);
    if (still.length > 0)
      throw new Trouble(
        `After installing, this system still has no ${still.join(', ')}.`,
        'Install what provides them and start again.',
      );
  },
};

/** @param {Place} place @returns {Promise<readonly string[]>} libraries by file name, programs by name */
async function missing(place) {
  const executable = readRecord(place.modules).electron?.path;
  const libraries =
    executable && existsSync(executable) ? missingLibraries((await run('ldd', [executable])).output) : [];
  if (place.hasDisplay) return libraries;
  const programs = ['xvfb-run', 'xauth'].filter((name) => !onPath(name));
  return [...libraries, ...programs];
}

/** @param {string} output of ldd @returns {readonly string[]} file names that the loader does not find */
export function missingLibraries(output) {
  return [...output.matchAll(/^\s*(lib\S+) => not found$/gm)].map((match) => match[1] ?? '');
}

/** @param {string} program @returns {boolean} */
function onPath(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`));
}
