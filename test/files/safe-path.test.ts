import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { escapeProblem, fileNameProblem, isSafeId, pathInside } from '../../src/main/files/safe-path.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();

const escapes: readonly (readonly [string, string])[] = [
  ['../evil', '".."'],
  ['a/../../evil', '".."'],
  ['a/..', '".."'],
  ['/etc/passwd', 'root of the disk'],
  ['//server/share', 'root of the disk'],
  ['C:/Windows', 'drive letter'],
  ['c:evil', 'drive letter'],
  ['..\\evil', 'backslash'],
  ['\\\\server\\share', 'backslash'],
  ['a\0.png', 'NUL'],
  ['', 'no name'],
  ['a/'.repeat(600), '1,024'],
];

describe('a path from outside', () => {
  it.each(escapes)('%j is refused', (path, reason) => {
    expect(escapeProblem(path)).toContain(reason);
  });

  it.each(['a.png', 'Alphabet/character01/0001_01.png', './a', 'a..b/c...', '...', 'Ελληνικά/α.png'])(
    '%j stays inside',
    (path) => {
      expect(escapeProblem(path)).toBeNull();
    },
  );

  it('is resolved below its folder', async () => {
    const folder = await scratch();
    expect(await pathInside(folder, 'not/yet/there.png')).toBe(join(await realpath(folder), 'not', 'yet', 'there.png'));
  });

  it.each(escapes)('%j throws unsafe-path', async (path) => {
    await expect(pathInside(await scratch(), path)).rejects.toMatchObject({ code: 'unsafe-path' });
  });

  it('is refused when a link on the way leads out, also a link to nothing', async () => {
    const folder = await scratch();
    const outside = await scratch();
    await mkdir(join(folder, 'inner'));
    await writeFile(join(folder, 'inner', 'file'), '');
    await symlink(outside, join(folder, 'out'));
    await symlink(join(outside, 'gone'), join(folder, 'dangling'));
    await symlink('inner', join(folder, 'within'));
    await expect(pathInside(folder, 'out/file')).rejects.toMatchObject({ code: 'unsafe-path' });
    await expect(pathInside(folder, 'dangling')).rejects.toMatchObject({ code: 'unsafe-path' });
    expect(await pathInside(folder, 'within/file')).toBe(join(await realpath(folder), 'within', 'file'));
  });
});

it.each(['con', 'NUL.txt', 'com1', 'a:b', 'a?', 'trailing.', 'trailing ', '..', '', 'x'.repeat(256), 'tab\t', 'a/b'])(
  'the file name %j is refused',
  (name) => {
    expect(fileNameProblem(name)).not.toBeNull();
  },
);

it.each(['console', 'a.b.c', 'ünïcode', '.hidden'])('the file name %j is fine', (name) => {
  expect(fileNameProblem(name)).toBeNull();
});

it('ids are small letters, digits and hyphens', () => {
  expect(['glyphs', 'a-1', '0'].every(isSafeId)).toBe(true);
  expect(['', '.', '..', 'A', 'a/b', 'a.b', '-a', 'x'.repeat(65), 'a\n', '%2e'].some(isSafeId)).toBe(false);
});
