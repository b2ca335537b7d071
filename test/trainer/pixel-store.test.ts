import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classesAsTest, loadImageSource } from '../../src/main/trainer/pixel-store.ts';
import type { ImageTrainerDataset } from '../../src/shared/contract/trainer.ts';
import { temporaryFolder } from './harness.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const dataset = (): ImageTrainerDataset => ({
  kind: 'image-classes',
  id: 'd1',
  name: 'letters',
  version: 1,
  digest: 'x',
  pixelsFile: join(folder.path, 'pixels.u8'),
  layout: { width: 2, height: 3, channels: 1, polarity: 'ink-dark' },
  classes: [
    { index: 0, name: 'a', group: 'latin', firstExample: 0, examples: 2, split: 'train' },
    { index: 1, name: 'b', group: 'latin', firstExample: 2, examples: 1, split: 'unused' },
  ],
});

describe('the pixels of a dataset', () => {
  it('are read whole, with the layout and classes', async () => {
    const bytes = Uint8Array.from({ length: 18 }, (_, i) => i);
    writeFileSync(dataset().pixelsFile, bytes);
    const source = await loadImageSource(dataset());
    expect(source.pixels).toEqual(bytes);
    expect(source.classes).toEqual(dataset().classes);
    expect(source.layout.height).toBe(3);
  });

  it('are refused when the file has another length than the classes say', async () => {
    writeFileSync(dataset().pixelsFile, new Uint8Array(17));
    await expect(loadImageSource(dataset())).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringMatching(/"letters" \(pixels\.u8\) are 17 bytes long and should be 18/),
    });
  });

  it('are refused when there is no file', async () => {
    await expect(loadImageSource(dataset())).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('classes that no split uses', () => {
  it('can stand in the place of the test classes, and the others do not', () => {
    expect(classesAsTest(dataset().classes, 'unused').map(({ split }) => split)).toEqual(['unused', 'test']);
  });
});
