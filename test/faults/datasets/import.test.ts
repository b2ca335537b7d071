import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { settleLeftovers } from '../../../src/main/core/datasets/dataset-folder.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import {
  drawing,
  importNow,
  importRequest,
  photo,
  preparedLibrary,
  testLibrary,
  writeTree,
} from '../../core/datasets/test-library.ts';
import { scratchFolders } from '../../files/scratch.ts';

const scratch = scratchFolders();

async function manyPets(): Promise<string> {
  const files: Record<string, Uint8Array> = {};
  for (let n = 0; n < 60; n++) files[`class${n % 6}/${n}.png`] = drawing(n);
  return writeTree(join(await scratch(), 'pets'), files);
}

describe('an import whose process is killed', () => {
  it.each(['checking', 'converting', 'splitting', 'done'])(
    'while %s leaves nothing after the next start',
    async (stage) => {
      const folder = join(await scratch(), 'datasets');
      await mkdir(folder);
      const source = await manyPets();
      const random = createRandom(1, stage);
      for (let round = 0; round < 3; round++) {
        const importer = join(import.meta.dirname, 'endless-importer.ts');
        const child = spawn(process.execPath, [importer, folder, source], { stdio: ['ignore', 'pipe', 'inherit'] });
        const ended = once(child, 'exit');
        await printed(child.stdout, stage);
        await new Promise((resolve) => setTimeout(resolve, random.integer(6))); // a random moment is the point of the test
        child.kill('SIGKILL');
        await ended;
        await settleLeftovers(folder, () => false); // the store of the killed process is gone, and with it every row
        const left = await readdir(folder);
        // Only a dataset that was complete, manifest and all, can have been in its place.
        for (const name of left) {
          expect(name).toMatch(/^pets-/);
          expect((await readdir(join(folder, name))).sort()).toEqual(['manifest.json', 'pixels.u8']);
          await rm(join(folder, name), { recursive: true });
        }
      }
    },
  );
});

/** Waits until a program has printed this word. */
const printed = (stream: Readable, word: string): Promise<void> =>
  new Promise((resolve) => {
    stream.setEncoding('utf8').on('data', (text) => {
      if (String(text).includes(word)) resolve();
    });
  });

describe('a full disk', () => {
  it('refuses an import before the work, or ends it without a trace (skipped where no small disk can be mounted: needs root on Linux)', async (context) => {
    const home = await scratch();
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return context.skip();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=700k', 'tmpfs', home], { stdio: 'ignore' });
    } catch {
      return context.skip();
    }
    try {
      const test = await preparedLibrary(home);
      await expect(importNow(test, importRequest(await manyPets(), { size: 256 }))).rejects.toMatchObject({
        code: 'no-space',
        message: expect.stringMatching(/^The import needs 3\.9 MB, but the disk has \d+ KB left\.$/),
      });
      // In colour it needs three times what was asked for, which shows only on the way.
      const files: Record<string, Uint8Array> = {};
      for (let n = 0; n < 6; n++) files[`class${n % 2}/${n}.png`] = photo(n);
      const colourful = await writeTree(join(await scratch(), 'photos'), files);
      await expect(importNow(test, importRequest(colourful, { size: 200 }))).rejects.toMatchObject({
        code: 'no-space',
        message: '"pixels.u8" cannot be written: the disk is full.',
      });
      expect((await readdir(test.folder)).sort()).toEqual(['glyphs', 'questions']);
      expect(test.store.listDatasets()).toHaveLength(2);
      await importNow(test, importRequest(colourful, { size: 32 }));
    } finally {
      execFileSync('umount', [home]);
    }
  });

  it('at the first start is said to be full (skipped where no small disk can be mounted: needs root on Linux)', async (context) => {
    const home = await scratch();
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return context.skip();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', home], { stdio: 'ignore' });
    } catch {
      return context.skip();
    }
    try {
      const test = testLibrary(home);
      await expect(test.library.prepare()).rejects.toMatchObject({ code: 'no-space' });
      expect(await readdir(test.folder)).toEqual([]);
    } finally {
      execFileSync('umount', [home]);
    }
  });
});
