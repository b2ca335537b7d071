import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache.mjs';

/**
 * What every step of set-up is given.
 * @typedef {object} Place
 * @property {string} root the checkout
 * @property {string} modules its node_modules
 * @property {string} cache per-user folder of what was fetched
 * @property {NodeJS.Platform} platform
 * @property {string} host `${platform}-${arch}`, the key of every pin
 * @property {'cpu' | 'gpu'} flavour of libtensorflow
 * @property {boolean} hasDisplay
 * @property {boolean} retryUnreachable whether to try again what was out of reach before: Electron's own download, MiniLM
 * @property {import('./reporter.mjs').Reporter} report
 */

/**
 * One step of set-up. `isDone` is quick and changes nothing; `run` makes it done or throws a Trouble, and can be
 * interrupted at any moment and started again.
 * @typedef {object} Step
 * @property {string} name
 * @property {(place: Place) => Promise<boolean>} isDone
 * @property {(place: Place) => Promise<void>} run
 */

/** The checkout that these scripts belong to. */
export const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * @param {{flavour: 'cpu' | 'gpu', retryUnreachable: boolean, report: import('./reporter.mjs').Reporter}} choice
 * @returns {Place}
 */
export function thisPlace({ flavour, retryUnreachable, report }) {
  return {
    root: repositoryRoot,
    modules: path.join(repositoryRoot, 'node_modules'),
    cache: cacheFolder(process.env, process.platform),
    platform: process.platform,
    host: `${process.platform}-${process.arch}`,
    flavour,
    hasDisplay: hasDisplay(process.platform, process.env),
    retryUnreachable,
    report,
  };
}

/** @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} env @returns {boolean} whether a window can be shown */
export function hasDisplay(platform, env) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
