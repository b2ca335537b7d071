import path from 'node:path';
import { addon } from './addon.mjs';
import { appBuild } from './app-build.mjs';
import { watchActiveCommands } from './command.mjs';
import { electron } from './electron.mjs';
import { takeLock } from './lock.mjs';
import { miniLm } from './mini-lm.mjs';
import { npmPackages } from './npm-packages.mjs';
import { shippedNode } from './shipped-node.mjs';
import { stockHosts, stockTensorflow } from './stock-tensorflow.mjs';
import { systemLibraries } from './system-libraries.mjs';
import { tensorflow } from './tensorflow.mjs';

/** @typedef {import('./place.mjs').Place} Place */
/** @typedef {import('./place.mjs').Step} Step */

/** 'cli' needs no window; 'start' needs one only where it can be shown; 'test' and 'all' need everything, and MiniLM where it can be had. @typedef {'cli' | 'start' | 'test' | 'all'} Purpose */

/**
 * @param {Purpose} purpose
 * @param {Pick<Place, 'host' | 'hasDisplay'>} place
 * @returns {readonly Step[]} in order: each may rely on those before it
 */
export function stepsFor(purpose, { host, hasDisplay }) {
  const learning = stockHosts.has(host) ? [stockTensorflow] : [tensorflow, addon];
  const window = purpose !== 'cli' && (purpose !== 'start' || hasDisplay);
  const tests = purpose === 'test' || purpose === 'all';
  return [
    npmPackages,
    shippedNode,
    ...learning,
    ...(window ? [electron, systemLibraries, appBuild] : []),
    ...(tests ? [miniLm] : []),
  ];
}

/**
 * Does what is missing, step by step; two set-ups at once take turns.
 * @param {readonly Step[]} steps
 * @param {Place} place
 * @returns {Promise<readonly string[]>} names of the steps that had something to do
 * @throws {import('./trouble.mjs').Trouble} from the first step that cannot go on
 */
export async function runSetup(steps, place) {
  if (await allDone(steps, place)) return [];
  const lock = await takeLock(path.join(place.cache, 'setup.lock'), {
    onWait: (holder) => place.report.note(`Another set-up is at work (${holder}); waiting for it.`),
  });
  const stopWatching = watchActiveCommands(lock.shareWith);
  const worked = [];
  try {
    for (const step of steps) {
      if (await step.isDone(place)) continue;
      await step.run(place);
      worked.push(step.name);
    }
    return worked;
  } finally {
    stopWatching();
    await lock.release();
  }
}

/** @param {readonly Step[]} steps @param {Place} place @returns {Promise<boolean>} stops at the first that is not done, as later ones rely on it */
async function allDone(steps, place) {
  for (const step of steps) if (!(await step.isDone(place))) return false;
  return true;
}
