import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sourceLimits } from '../../src/main/files/file-source.ts';
import { openFileSource } from '../../src/main/files/open-source.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();

async function pets(): Promise<string> {
  const folder = join(await scratch(), 'pets');
  await mkdir(join(folder, 'cat', 'deep'), { recursive: true });
  await writeFile(join(folder, 'cat', '10.png'), 'ten');
  await writeFile(join(folder, 'cat', '9.png'), 'nine');
  await writeFile(join(folder, 'cat', 'deep', '1.png'), 'x'.repeat(10_000));
  return folder;
}

it('lists the files below a folder in natural order and gives their content', async () => {
  const source = await openFileSource(await pets());
  expect(source).toMatchObject({ kind: 'folder', name: 'pets', leftOut: [] });
  expect(source.files.map(({ path }) => path)).toEqual(['cat/9.png', 'cat/10.png', 'cat/deep/1.png']);
  expect(Buffer.from(await source.read(source.files[1]!)).toString()).toBe('ten');
  expect((await source.readHead(source.files[2]!)).byteLength).toBe(4096);
});

it('follows no links and opens no pipes, and says so', async () => {
  const folder = await pets();
  const outside = await scratch();
  await writeFile(join(outside, 'secret.png'), 'secret');
  await symlink(join(outside, 'secret.png'), join(folder, 'cat', 'link.png'));
  await symlink(outside, join(folder, 'out'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const source = await openFileSource(folder);
  expect(source.files).toHaveLength(3);
  expect([...source.leftOut].sort((a, b) => (a.file < b.file ? -1 : 1))).toEqual([
    { file: 'cat/link.png', reason: 'a link; links are not followed' },
    { file: 'out', reason: 'a link; links are not followed' },
    { file: 'pipe', reason: 'not a regular file' },
  ]);
  // A file that becomes a link after the list was made is not followed either.
  await expect(source.read({ path: 'cat/link.png' })).rejects.toMatchObject({ code: 'unsafe-path' });
});

it('refuses files over the limit when they are read, and folders with too many files at once', async () => {
  const folder = await pets();
  const source = await openFileSource(folder, { limits: { ...sourceLimits, fileBytes: 9000 } });
  await expect(source.read(source.files[2]!)).rejects.toMatchObject({
    code: 'too-large',
    message: '"cat/deep/1.png" has 10 KB; at most 9 KB are read.',
  });
  await expect(openFileSource(folder, { limits: { ...sourceLimits, entries: 2 } })).rejects.toMatchObject({
    code: 'too-large',
    message: 'The folder "pets" holds more than 2 files and folders.',
  });
});

it('stops listing when it is cancelled', async () => {
  await expect(openFileSource(await pets(), { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
});
