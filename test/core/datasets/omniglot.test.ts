import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchFolders } from '../../files/scratch.ts';
import { haveOmniglot, importNow, importRequest, omniglotZip, preparedLibrary } from './test-library.ts';

const scratch = scratchFolders();

describe.skipIf(!haveOmniglot)('the real Omniglot sets (skipped where ../shared/data/omniglot is missing)', () => {
  it('small1 and small2 are imported whole: alphabets, characters, polarity', async () => {
    const test = await preparedLibrary(await scratch());
    const { handlers } = test.library;
    const byAlphabet = { kind: 'drawn', by: 'group', train: 0.6, validation: 0.2, seed: 1 } as const;
    const one = await importNow(test, importRequest(omniglotZip('small1'), { splits: byAlphabet }));
    expect(one).toMatchObject({ stage: 'done', classes: 136, examples: 2720, leftOut: [], duplicates: 0 });
    const { summary, classes } = await handlers['datasets.get']({ id: 'images_background_small1' });
    expect(summary).toMatchObject({
      source: 'images_background_small1.zip, Omniglot layout',
      layout: { width: 28, height: 28, channels: 1, polarity: 'ink-dark' },
      bytes: 2720 * 784,
    });
    const perGroup = new Map<string, string[]>();
    for (const { group, split } of classes) perGroup.set(group, [...(perGroup.get(group) ?? []), split]);
    expect(Object.fromEntries([...perGroup].map(([group, splits]) => [group, splits.length]))).toEqual({
      Balinese: 24,
      Early_Aramaic: 22,
      Greek: 24,
      Korean: 40,
      Latin: 26,
    });
    for (const splits of perGroup.values()) expect(new Set(splits).size).toBe(1);
    expect(classes.every(({ examples }) => examples === 20)).toBe(true);
    expect(classes[0]).toMatchObject({ name: 'Balinese/character01', firstExample: 0 });

    // Ink covers about 8 % of the pixels, as in the originals.
    const { ink, digest } = await inkShare(join(test.folder, one.datasetId!, 'pixels.u8'));
    expect(digest).toBe(summary.sha256);
    expect(ink).toBeGreaterThan(0.06);
    expect(ink).toBeLessThan(0.1);

    const assigned = {
      kind: 'assigned',
      by: 'group',
      assign: { Greek: 'unused', Latin: 'unused' },
      rest: 'test',
    } as const;
    await importNow(test, importRequest(omniglotZip('small2'), { name: 'small2', splits: assigned }));
    const second = (await handlers['datasets.get']({ id: 'small2' })).summary;
    expect(second).toMatchObject({ classes: 156, splits: { test: { classes: 106 }, unused: { classes: 50 } } });
  });
});

async function inkShare(path: string): Promise<{ ink: number; digest: string }> {
  const hash = createHash('sha256');
  let [dark, all] = [0, 0];
  for await (const part of createReadStream(path) as AsyncIterable<Uint8Array>) {
    hash.update(part);
    for (const value of part) dark += (255 - value) / 255;
    all += part.length;
  }
  return { ink: dark / all, digest: hash.digest('hex') };
}
