import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPixelFile, inspectPixels } from '../../../src/main/core/datasets/pixel-file.ts';
import { sha256OfBytes } from '../../../src/main/files/digest.ts';
import { scratchFolders } from '../../files/scratch.ts';

const scratch = scratchFolders();
const grey = (value: number, size: number) => ({ channels: 1, pixels: new Uint8Array(size).fill(value) }) as const;

it('turns megabytes of grey into RGB when colour comes, and grey after it as well', async () => {
  const path = join(await scratch(), 'pixels.u8');
  const size = 1000;
  const file = await createPixelFile(path, size);
  for (let i = 0; i < 2500; i++) await file.append(grey(i % 251, size));
  const colour = { channels: 3, pixels: Uint8Array.from({ length: 3 * size }, (_, i) => i % 3) } as const;
  await file.append(colour);
  await file.append(grey(77, size));
  expect(file).toMatchObject({ channels: 3, examples: 2502 });
  await file.finish();
  const bytes = await readFile(path);
  expect(bytes.length).toBe(2502 * 3 * size);
  for (let i = 0; i < 2500; i++) {
    expect(bytes.subarray(i * 3 * size, (i + 1) * 3 * size).every((value) => value === i % 251)).toBe(true);
  }
  expect(bytes.subarray(2500 * 3 * size, 2501 * 3 * size).equals(colour.pixels)).toBe(true);
  expect(bytes.at(-1)).toBe(77);
});

it('forgets what it is rewound over, whether written or still waiting', async () => {
  const path = join(await scratch(), 'pixels.u8');
  const file = await createPixelFile(path, 500_000);
  for (const value of [1, 2, 3, 4, 5]) await file.append(grey(value, 500_000)); // blocks of 1 MB: some are written
  file.rewindTo(1);
  await file.append(grey(9, 500_000));
  await file.append(grey(8, 500_000));
  file.rewindTo(2);
  await file.finish();
  const bytes = await readFile(path);
  expect([bytes.length, bytes[0], bytes[500_000], bytes.at(-1)]).toEqual([1_000_000, 1, 9, 9]);
});

it('finds drawings by their light paper, and gives the digest', async () => {
  const folder = await scratch();
  const written = async (name: string, values: Uint8Array) => {
    const file = await createPixelFile(join(folder, name), values.length);
    await file.append({ channels: 1, pixels: values });
    await file.finish();
    return join(folder, name);
  };
  const drawing = Uint8Array.from({ length: 100 }, (_, i) => (i < 20 ? 0 : 255));
  const light = await written('light', drawing);
  expect(await inspectPixels(light, 1)).toEqual({ sha256: sha256OfBytes(drawing), polarity: 'ink-dark' });
  expect((await inspectPixels(light, 3)).polarity).toBe('photo');
  expect(
    (
      await inspectPixels(
        await written(
          'dark',
          drawing.map((value) => 255 - value),
        ),
        1,
      )
    ).polarity,
  ).toBe('photo');
});
