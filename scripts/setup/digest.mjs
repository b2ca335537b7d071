import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Trouble } from './trouble.mjs';

/** @param {string} file @returns {Promise<string>} SHA-256 as lower-case hex */
export async function digestFile(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * Refuses a file whose SHA-256 is not the pinned one.
 * @param {string} file
 * @param {string} expected SHA-256 as lower-case hex
 * @returns {Promise<void>}
 * @throws {Trouble} naming the file and both digests
 */
export async function verifyDigest(file, expected) {
  const actual = await digestFile(file);
  if (actual === expected) return;
  throw new Trouble(
    `${path.basename(file)} is not the file that this version of Innerloop was made with: its SHA-256 is ${actual}, pinned is ${expected}.`,
    'Nothing of it was used. Try again; if it stays so, check the package index or mirror that pip is configured with.',
  );
}

/**
 * One digest over files and folders: every path with its content, in sorted order. A missing entry counts as missing.
 * @param {string} root
 * @param {readonly string[]} entries files or folders, relative to root
 * @returns {Promise<string>} SHA-256 as lower-case hex
 */
export async function digestTree(root, entries) {
  const hash = createHash('sha256');
  for (const entry of [...entries].sort()) {
    for (const file of await filesUnder(root, entry)) {
      hash.update(`${file}\0`);
      hash.update(await readFile(path.join(root, file)));
    }
  }
  return hash.digest('hex');
}

/** @param {string} root @param {string} entry @returns {Promise<string[]>} */
async function filesUnder(root, entry) {
  try {
    const found = await readdir(path.join(root, entry), { withFileTypes: true });
    const nested = await Promise.all(
      found
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((item) => (item.isDirectory() ? filesUnder(root, `${entry}/${item.name}`) : [`${entry}/${item.name}`])),
    );
    return nested.flat();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTDIR') return [entry];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
