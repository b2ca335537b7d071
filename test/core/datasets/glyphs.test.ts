import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawingsPerCharacter, generateGlyphs } from '../../../src/main/core/datasets/glyphs.ts';
import { sha256OfBytes } from '../../../src/main/files/digest.ts';
import { scratchFolders } from '../../files/scratch.ts';
import { testLibrary } from './test-library.ts';

const scratch = scratchFolders();
const imageBytes = 28 * 28;
const alphabets = [...generateGlyphs()];

describe('the built-in glyphs', () => {
  it('are 20 alphabets of 18 to 27 characters, 20 drawings each', () => {
    expect(alphabets).toHaveLength(20);
    const classes = alphabets.flatMap(({ classes: own }) => own);
    expect(new Set(classes.map(({ name }) => name)).size).toBe(458);
    for (const { classes: own, pixels } of alphabets) {
      expect(own.length).toBeGreaterThanOrEqual(18);
      expect(own.length).toBeLessThanOrEqual(27);
      expect(pixels.length).toBe(own.length * drawingsPerCharacter * imageBytes);
    }
  });

  it('are the same on every machine and in every version: runs refer to their digest', () => {
    const digests = alphabets.map(({ pixels }) => sha256OfBytes(pixels)).join();
    expect(sha256OfBytes(digests)).toBe('93ec2e00ac9bf10811b24358570337e152f44cf5b05282fe7a12663feebce4ab');
  });

  it('are other ones for another seed', () => {
    const [first] = generateGlyphs(1);
    expect(Buffer.from(first!.pixels.subarray(0, 50_000)).equals(alphabets[0]!.pixels.subarray(0, 50_000))).toBe(false);
  });

  it('have thin dark ink on light paper, on every drawing', () => {
    for (const { pixels } of alphabets) {
      for (let start = 0; start < pixels.length; start += imageBytes) {
        const dark = pixels.subarray(start, start + imageBytes).filter((value) => value < 128).length / imageBytes;
        expect(dark).toBeGreaterThan(0.015);
        expect(dark).toBeLessThan(0.25);
      }
    }
  });

  it('are never drawn twice alike, and yet are told apart by their nearest drawing far better than by chance', () => {
    let right = 0;
    let asked = 0;
    for (const { classes, pixels } of alphabets.slice(0, 5)) {
      const drawing = (character: number, hand: number) => blurred(pixels, character * drawingsPerCharacter + hand);
      expect(
        new Set(classes.map((_, c) => sha256OfBytes(pixels.subarray(c * imageBytes, (c + 1) * imageBytes)))).size,
      ).toBe(classes.length);
      for (let way = 0; way + 5 <= classes.length; way += 5) {
        const support = [0, 1, 2, 3, 4].map((c) => drawing(way + c, 0));
        for (let c = 0; c < 5; c++) {
          for (const hand of [5, 10, 15]) {
            const distances = support.map((other) => squaredDistance(other, drawing(way + c, hand)));
            right += distances.indexOf(Math.min(...distances)) === c ? 1 : 0;
            asked += 1;
          }
        }
      }
    }
    // Nearest neighbour on pixels: well above the chance of 0.2, and hard enough to leave something to learn.
    expect(right / asked).toBeGreaterThan(0.45);
    expect(right / asked).toBeLessThan(0.95);
  });
});

/** Ink of one drawing, summed over 4 x 4 pixels. */
function blurred(pixels: Uint8Array, index: number): Float32Array {
  const cells = new Float32Array(49);
  for (let i = 0; i < imageBytes; i++) {
    cells[Math.floor(i / 28 / 4) * 7 + Math.floor((i % 28) / 4)]! += 255 - pixels[index * imageBytes + i]!;
  }
  return cells;
}

const squaredDistance = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

describe('in the library', () => {
  it('they are there after the first start, split by alphabets, and put back when their file is lost', async () => {
    const test = testLibrary(await scratch());
    await test.library.prepare();
    const { summary, classes } = await test.library.handlers['datasets.get']({ id: 'glyphs' });
    expect(summary).toMatchObject({
      origin: 'built-in',
      classes: 458,
      examples: 9160,
      bytes: 9160 * imageBytes,
      state: 'ready',
    });
    const groups = (split: string) =>
      new Set(classes.filter((member) => member.split === split).map(({ group }) => group));
    const [train, validation, held] = [groups('train'), groups('validation'), groups('test')];
    expect([...train].some((group) => validation.has(group) || held.has(group))).toBe(false);
    expect(train.size).toBeGreaterThanOrEqual(11);
    expect(Math.min(validation.size, held.size)).toBeGreaterThanOrEqual(2);
    const path = join(test.folder, 'glyphs', 'pixels.u8');
    const whole = await readFile(path);
    expect(sha256OfBytes(whole)).toBe(summary.sha256);
    expect(whole.equals(Buffer.concat(alphabets.map(({ pixels }) => pixels)))).toBe(true);

    await truncate(path, 1000);
    await test.library.prepare();
    expect((await readFile(path)).equals(whole)).toBe(true);
    expect((await test.library.handlers['datasets.verify']({ id: 'glyphs' })).state).toBe('ready');
  });
});
