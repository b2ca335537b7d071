import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  sweepTemporaries,
  temporaryPrefix,
  writeAtomically,
  writeFileAtomically,
} from '../../src/main/files/atomic-write.ts';
import { sha256OfBytes, sha256OfFile } from '../../src/main/files/digest.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();

it('writes what was appended, and says its size and digest', async () => {
  const path = join(await scratch(), 'a.bin');
  const written = await writeAtomically(path, async (file) => {
    await file.append(Uint8Array.of(1, 2));
    await file.append(new Uint8Array(Float32Array.of(3).buffer));
  });
  expect([...(await readFile(path))]).toEqual([1, 2, 0, 0, 64, 64]);
  expect(written).toEqual({ bytes: 6, sha256: await sha256OfFile(path) });
});

it('replaces a file, and writes text as UTF-8', async () => {
  const path = join(await scratch(), 'a.txt');
  await writeFileAtomically(path, 'first and longer');
  const { sha256 } = await writeFileAtomically(path, 'zweite ü');
  expect(await readFile(path, 'utf8')).toBe('zweite ü');
  expect(sha256).toBe(sha256OfBytes('zweite ü'));
});

it('keeps the old file and leaves nothing behind when the writer fails half-way', async () => {
  const folder = await scratch();
  const path = join(folder, 'a.bin');
  await writeFileAtomically(path, 'old');
  const failing = writeAtomically(path, async (file) => {
    await file.append(new Uint8Array(100_000));
    throw new Error('lost interest');
  });
  await expect(failing).rejects.toThrow('"a.bin" cannot be written: lost interest.');
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['a.bin']);
});

it('names the file and the reason when the folder is missing', async () => {
  const path = join(await scratch(), 'gone', 'a.bin');
  await expect(writeFileAtomically(path, 'x')).rejects.toMatchObject({
    code: 'not-found',
    message: '"a.bin" cannot be written: it does not exist.',
  });
});

it('replaces a link itself, not the file that it points to', async () => {
  const folder = await scratch();
  await writeFile(join(folder, 'target'), 'precious');
  await symlink('target', join(folder, 'link'));
  await writeFileAtomically(join(folder, 'link'), 'new');
  expect(await readFile(join(folder, 'target'), 'utf8')).toBe('precious');
  expect(await readFile(join(folder, 'link'), 'utf8')).toBe('new');
});

it('sweeps the leftovers of killed writers and nothing else', async () => {
  const folder = await scratch();
  await writeFile(join(folder, `${temporaryPrefix}00ff`), 'half');
  await mkdir(join(folder, `${temporaryPrefix}folder`, 'inner'), { recursive: true });
  await writeFile(join(folder, 'kept'), 'whole');
  expect([...(await sweepTemporaries(folder))].sort()).toEqual([`${temporaryPrefix}00ff`, `${temporaryPrefix}folder`]);
  expect(await readdir(folder)).toEqual(['kept']);
});
