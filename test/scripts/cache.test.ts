import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder, installFolder, requireSpace } from '../../scripts/setup/cache.mjs';
import { temporaryFolder } from './temporary-folder.ts';

test('a folder of the cache is there whole, or not at all', async () => {
  const cache = temporaryFolder();
  const folder = join(cache, 'tensorflow');
  const failing = installFolder(folder, async (temporary) => {
    writeFileSync(join(temporary, 'half'), '');
    throw new Error('interrupted');
  });
  await expect(failing).rejects.toThrow('interrupted');
  expect(readdirSync(cache)).toEqual([]);
  await installFolder(folder, async (temporary) => writeFileSync(join(temporary, 'whole'), ''));
  expect(readdirSync(folder)).toEqual(['whole']);
});

test('what a killed set-up left is thrown away, and a complete folder is not made again', async () => {
  const cache = temporaryFolder();
  mkdirSync(join(cache, '.unfinished-tensorflow'));
  writeFileSync(join(cache, '.unfinished-tensorflow', 'half'), '');
  const folder = join(cache, 'tensorflow');
  await installFolder(folder, async (temporary) => writeFileSync(join(temporary, 'whole'), ''));
  expect(readdirSync(cache)).toEqual(['tensorflow']);
  expect(readdirSync(folder)).toEqual(['whole']);
  await installFolder(folder, () => Promise.reject(new Error('must not be called')));
});

test('a full disk and one without write access are said plainly', async () => {
  const folder = join(temporaryFolder(), 'tensorflow');
  const raise = (code: string) => installFolder(folder, () => Promise.reject(Object.assign(new Error(code), { code })));
  await expect(raise('ENOSPC')).rejects.toThrow(/is full\.\nFree some space, or set INNERLOOP_CACHE/);
  await expect(raise('EACCES')).rejects.toThrow(/cannot be written/);
  expect(existsSync(folder)).toBe(false);
});

test('too little space is said before anything is fetched, with what is needed and what is free', async () => {
  const folder = join(temporaryFolder(), 'not', 'yet');
  await expect(requireSpace(folder, 1, 'libtensorflow')).resolves.toBeUndefined();
  await expect(requireSpace(folder, 1e18, 'libtensorflow')).rejects.toThrow(
    /libtensorflow needs 1000000000\.00 GB on the disk .* are free/,
  );
});

test('INNERLOOP_CACHE wins over the place that the platform has for caches', () => {
  expect(cacheFolder({ INNERLOOP_CACHE: '/x/y' }, 'linux')).toBe('/x/y');
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/x/innerloop');
  expect(cacheFolder({}, 'darwin')).toMatch(/Library\/Caches\/innerloop$/);
});
