import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptMember } from '../../scripts/setup/tensorflow.mjs';
import { unzip } from '../../scripts/setup/unzip.mjs';
import { temporaryFolder } from './temporary-folder.ts';
import { zipArchive } from './zip-archive.ts';

function archiveOf(members: Readonly<Record<string, Buffer | string>>): { archive: string; folder: string } {
  const folder = temporaryFolder();
  const archive = join(folder, 'a.whl');
  writeFileSync(archive, zipArchive(members));
  return { archive, folder };
}

test('only the wanted members are written, whole, with progress up to the last byte', async () => {
  const large = Buffer.alloc(3_000_000, 'weights ');
  const { archive, folder } = archiveOf({ 'lib/large.so': large, 'lib/empty': '', 'python/left-out.py': 'x' });
  const seen: number[] = [];
  const count = await unzip(
    archive,
    folder,
    (name) => (name.startsWith('lib/') ? name : undefined),
    (done, total) => {
      expect(total).toBe(large.length);
      seen.push(done);
    },
  );
  expect(count).toBe(2);
  expect(readFileSync(join(folder, 'lib/large.so')).equals(large)).toBe(true);
  expect(readFileSync(join(folder, 'lib/empty')).length).toBe(0);
  expect(existsSync(join(folder, 'python'))).toBe(false);
  expect(seen.at(-1)).toBe(large.length);
});

test('a member that would leave the folder is refused before anything is written', async () => {
  const { archive, folder } = archiveOf({ 'first.txt': '1', '../outside.txt': '2' });
  await expect(unzip(archive, folder, (name) => name)).rejects.toThrow(/\.\.\/outside\.txt would leave/);
  expect(existsSync(join(folder, 'first.txt'))).toBe(false);
});

test('an archive that is cut short, or damaged inside, is refused', async () => {
  const { archive, folder } = archiveOf({ 'a.txt': 'content of some length' });
  const whole = readFileSync(archive);
  writeFileSync(archive, whole.subarray(0, whole.length - 30));
  await expect(unzip(archive, folder, (name) => name)).rejects.toThrow(/cut short/);
  whole[0] = 0;
  writeFileSync(archive, whole);
  await expect(unzip(archive, folder, (name) => name)).rejects.toThrow(/a\.txt is damaged/);
});

test.each([
  ['tensorflow/libtensorflow_cc.so.2', true],
  ['tensorflow/libtensorflow_framework.2.dylib', true],
  ['tensorflow/include/tensorflow/c/c_api.h', true],
  ['tensorflow/include/tensorflow/core/framework/op.h', false],
  ['tensorflow/python/_pywrap_tensorflow.so', false],
  ['nvidia/cublas/lib/libcublas.so.12', true],
  ['nvidia/cublas/include/cublas.h', false],
])('of a wheel, %s is kept: %s', (name, kept) => {
  expect(keptMember(name)).toBe(kept ? name : undefined);
});
