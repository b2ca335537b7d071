import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createImageDecoder, type ImageDecoder } from '../../../src/main/core/datasets/image-decoder.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { mutated } from '../../files/mutations.ts';
import { png } from '../../files/png-builder.ts';

let decoder: ImageDecoder;
beforeAll(async () => {
  decoder = await createImageDecoder(8);
});

/** Left half dark, right half light. */
const halves = (size: number) => png(size, size, (x) => [x < size / 2 ? 20 : 220]);
const pictureOf = (bytes: Uint8Array) => sharp(bytes).toColourspace('srgb');
const middleRow = (pixels: Uint8Array, channels: number) => [...pixels.subarray(4 * 8 * channels, 5 * 8 * channels)];

describe('a picture becomes [8, 8, channels] uint8', () => {
  it('kept as it is where it has that size', async () => {
    const { channels, pixels } = await decoder.decode(halves(8));
    expect(channels).toBe(1);
    expect(middleRow(pixels, 1)).toEqual([20, 20, 20, 20, 220, 220, 220, 220]);
  });

  it.each([
    [
      'PNG, one bit a pixel',
      (bytes: Buffer) => sharp(bytes).threshold(128).png({ palette: true, colours: 2 }).toBuffer(),
      0,
      255,
    ],
    ['PNG, 16 bits a channel', (bytes: Buffer) => sharp(bytes).toColourspace('grey16').png().toBuffer(), 20, 220],
    ['PNG, interlaced', (bytes: Buffer) => pictureOf(bytes).png({ progressive: true }).toBuffer(), 20, 220],
    ['JPEG, grey', (bytes: Buffer) => sharp(bytes).toColourspace('b-w').jpeg({ quality: 100 }).toBuffer(), 20, 220],
    ['JPEG, grey stored in colour', (bytes: Buffer) => pictureOf(bytes).jpeg({ quality: 100 }).toBuffer(), 20, 220],
    [
      'JPEG, progressive',
      (bytes: Buffer) => pictureOf(bytes).jpeg({ quality: 100, progressive: true }).toBuffer(),
      20,
      220,
    ],
  ])('%s', async (_, encode, dark, light) => {
    const { channels, pixels } = await decoder.decode(await encode(halves(64)));
    const row = middleRow(pixels, 1);
    expect(channels).toBe(1);
    expect(Math.abs(row[1]! - dark)).toBeLessThanOrEqual(6);
    expect(Math.abs(row[6]! - light)).toBeLessThanOrEqual(6);
  });

  it('in colour where there is colour, stretched where it is not square', async () => {
    const { channels, pixels } = await decoder.decode(png(16, 4, () => [200, 100, 50]));
    expect(channels).toBe(3);
    expect([...pixels.subarray(0, 3)]).toEqual([200, 100, 50]);
    expect(pixels.length).toBe(8 * 8 * 3);
  });

  it('with paper where it is transparent', async () => {
    const { channels, pixels } = await decoder.decode(png(8, 8, (x) => [0, 0, 0, x < 4 ? 255 : 0]));
    expect(channels).toBe(1);
    expect(middleRow(pixels, 1)).toEqual([0, 0, 0, 0, 255, 255, 255, 255]);
  });

  it('in four inks', async () => {
    const cmyk = await sharp(png(16, 16, () => [200, 100, 50]))
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await decoder.decode(cmyk)).channels).toBe(3);
  });

  it('the same way up, whatever its orientation tag says', async () => {
    const turned = await sharp(halves(64)).jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
    expect(middleRow((await decoder.decode(turned)).pixels, 1)[0]).toBeLessThan(40);
  });
});

it('refuses a cut image, and 300 damaged ones are decoded or refused, nothing else', async () => {
  const sound = [halves(32), await pictureOf(halves(32)).jpeg().toBuffer()];
  for (const bytes of sound) {
    await expect(decoder.decode(bytes.subarray(0, bytes.length - 30))).rejects.toMatchObject({
      code: 'bad-file',
      message: 'damaged image',
    });
  }
  const random = createRandom(1, 'images');
  for (let i = 0; i < 300; i++) {
    const outcome = await decoder.decode(mutated(sound[i % 2]!, random)).catch((thrown: unknown) => thrown);
    expect(outcome).toMatchObject(outcome instanceof Error ? { code: 'bad-file' } : { pixels: expect.any(Uint8Array) });
  }
});
