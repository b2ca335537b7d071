import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * What set-up found or made, for whoever starts a process: scripts, tests and `doctor`.
 * @typedef {object} RuntimeRecord
 * @property {{path: string, version: string}} node the shipped Node
 * @property {{path: string, version: string, source: 'download' | 'fallback'} | null} electron null before the first set-up for a window
 * @property {{version: string, flavour: 'cpu' | 'gpu', libDir: string}} tensorflow
 * @property {{path: string}} addon tfjs-node-gpu's own
 * @property {{folder: string} | {missing: string}} [miniLm] the encoder that tests use, or why it could not be fetched
 */

/** @param {string} modules @returns {string} */
const recordFile = (modules) => path.join(modules, '.innerloop', 'runtime.json');

/** @param {string} modules node_modules of the checkout @returns {Partial<RuntimeRecord>} empty before the first set-up */
export function readRecord(modules) {
  return readJson(recordFile(modules)) ?? {};
}

/**
 * Sets parts of the record, on disk and whole or not at all.
 * @param {string} modules
 * @param {Partial<RuntimeRecord>} change
 */
export async function amendRecord(modules, change) {
  await writeJson(recordFile(modules), { ...readRecord(modules), ...change });
}

/** @param {string} file @returns {any} undefined where it is missing or damaged */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (error instanceof SyntaxError || code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** @param {string} file @param {unknown} value */
export async function writeJson(file, value) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.unfinished`, `${JSON.stringify(value, null, 2)}\n`);
  await rename(`${file}.unfinished`, file);
}
