import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { run } from './command.mjs';
import { digestTree } from './digest.mjs';
import { readJson, writeJson } from './record.mjs';
import { shippedNodePath } from './shipped-node.mjs';
import { Trouble } from './trouble.mjs';

/** Everything that decides what the build writes. */
const sources = [
  'src',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.renderer.json',
];

/** The app's bundles in out/, built when a source changed since. @type {import('./place.mjs').Step} */
export const appBuild = {
  name: 'app',
  async isDone(place) {
    return (
      existsSync(path.join(place.root, 'out', 'main', 'shell.cjs')) &&
      readJson(stampFile(place))?.sources === (await digestTree(place.root, sources))
    );
  },
  async run(place) {
    place.report.step('app: building out/ from src/ (about 10 s; nothing to fetch)');
    const digest = await digestTree(place.root, sources); // taken first: what changes meanwhile is built next time
    await rm(stampFile(place), { force: true });
    const { code, output } = await run(
      shippedNodePath(place),
      [path.join(place.modules, 'electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
      { cwd: place.root, env: { ...process.env, NODE_ENV: 'production' } },
    );
    if (code !== 0)
      throw new Trouble(`The app could not be built:\n${explainBuild(output)}`, 'Mend that source and start again.');
    await writeJson(stampFile(place), { sources: digest });
  },
};

/** @param {import('./place.mjs').Place} place @returns {string} */
const stampFile = (place) => path.join(place.root, 'out', 'innerloop-build.json');

/**
 * @param {string} output of a failed build
 * @returns {string} its error with the place in the source, without the bundler's own stack
 */
export function explainBuild(output) {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  const first = lines.findIndex((line) => /error during build/i.test(line));
  return lines.slice(first + 1, first + 16).join('\n');
}
