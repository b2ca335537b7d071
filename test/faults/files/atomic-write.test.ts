import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sweepTemporaries, writeFileAtomically } from '../../../src/main/files/atomic-write.ts';
import { readSafetensors, writeSafetensors } from '../../../src/main/files/safetensors.ts';
import { fileTensor } from '../../../src/main/files/tensor-types.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { scratchFolders } from '../../files/scratch.ts';

const scratch = scratchFolders();

/** A disk of this size below the folder; null where the system does not let us make one. */
function mountSmallDisk(folder: string, bytes: number): { unmount: () => void } | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return { unmount: () => execFileSync('umount', [folder]) };
}

it('a full disk is said to be full, the old file stays, and nothing is left behind (skipped where no small disk can be mounted: needs root on Linux)', async (context) => {
  const folder = await scratch();
  const disk = mountSmallDisk(folder, 1_000_000);
  if (!disk) return context.skip();
  try {
    const path = join(folder, 'last.safetensors');
    const weights = (size: number) => new Map([['w', fileTensor(new Float32Array(size).fill(size), [size])]]);
    await writeSafetensors(path, weights(50_000));
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(writeSafetensors(path, weights(240_000))).rejects.toMatchObject({
        code: 'no-space',
        message: '"last.safetensors" cannot be written: the disk is full.',
      });
    }
    expect(await readdir(folder)).toEqual(['last.safetensors']);
    expect((await readSafetensors(path)).tensors.get('w')?.values[49_999]).toBe(50_000);
    await writeFileAtomically(join(folder, 'small'), 'there is room for this');
  } finally {
    disk.unmount();
  }
});

it('a file whose writer is killed at any moment is whole, old or new, and leftovers are swept', async () => {
  const folder = await scratch();
  const path = join(folder, 'file');
  await writeFile(path, new Uint8Array(300_000));
  const random = createRandom(1, 'kill');
  for (let round = 0; round < 12; round++) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'endless-writer.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data'); // it is writing
    await new Promise((resolve) => setTimeout(resolve, random.integer(25))); // a random moment is the point of the test
    child.kill('SIGKILL');
    await once(child, 'exit');
    const bytes = await readFile(path);
    expect(bytes.byteLength).toBe(300_000);
    expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
  }
  await sweepTemporaries(folder);
  expect(await readdir(folder)).toEqual(['file']);
});
