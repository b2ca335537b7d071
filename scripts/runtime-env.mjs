import path from 'node:path';
import { readRecord } from './setup/record.mjs';
import { Trouble } from './setup/trouble.mjs';

/**
 * For a process that loads TensorFlow without a trainer's own environment (tests, set-up's trial): its start-up lines
 * off, memory of a card taken as needed, and the CPU, so that results repeat to the bit. Read once, when the library loads.
 * @type {Readonly<Record<string, string>>}
 */
export const tensorflowEnvironment = {
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  CUDA_VISIBLE_DEVICES: '-1',
};

/** @typedef {import('./setup/record.mjs').RuntimeRecord} RuntimeRecord */

/**
 * What set-up found or made in this checkout.
 * @param {string} root the checkout
 * @returns {RuntimeRecord}
 * @throws {Trouble} before the first set-up
 */
export function runtimeRecord(root) {
  const { node, electron = null, tensorflow, addon } = readRecord(path.join(root, 'node_modules'));
  if (node && tensorflow && addon) return { node, electron, tensorflow, addon };
  throw new Trouble('This checkout is not set up yet.', 'Run: npm run setup');
}

/**
 * The environment that the app and its tests find the runtimes by.
 * @param {RuntimeRecord} record
 * @param {NodeJS.ProcessEnv} env what it is laid over
 * @returns {NodeJS.ProcessEnv} INNERLOOP_NODE, and INNERLOOP_ELECTRON where a window can be opened
 */
export function appEnvironment({ node, electron }, env) {
  return {
    ...env,
    INNERLOOP_NODE: node.path,
    ...(electron && { INNERLOOP_ELECTRON: electron.path, ELECTRON_OVERRIDE_DIST_PATH: path.dirname(electron.path) }),
  };
}
