import { describe, expect, it } from 'vitest';
import { imageLimitProblem, readImageHeader } from '../../src/main/files/image-header.ts';
import { createRandom } from '../../src/shared/random/random.ts';
import { mutated } from './mutations.ts';
import { giantPng, png } from './png-builder.ts';

/** SOI, an APP1 segment of this length, then a baseline frame header. */
function jpeg(width: number, height: number, channels: number, metadata = 20): Buffer {
  const app = Buffer.alloc(metadata + 2);
  app.writeUInt16BE(0xffe1, 0);
  app.writeUInt16BE(metadata, 2);
  const frame = Buffer.alloc(10);
  frame.writeUInt16BE(0xffc0, 0);
  frame.writeUInt16BE(8 + 3 * channels, 2);
  frame.writeUInt8(8, 4);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  frame.writeUInt8(channels, 9);
  return Buffer.concat([Buffer.of(0xff, 0xd8), app, frame]);
}

describe('the header of', () => {
  it('a PNG', () => {
    expect(readImageHeader(png(7, 5))).toEqual({ kind: 'png', width: 7, height: 5, channels: 1 });
    expect(readImageHeader(png(7, 5, () => [1, 2, 3, 4]))).toMatchObject({ channels: 4 });
    expect(readImageHeader(giantPng())).toMatchObject({ width: 30_000, height: 30_000 });
  });

  it('a JPEG, also behind metadata', () => {
    expect(readImageHeader(jpeg(640, 480, 3))).toEqual({ kind: 'jpeg', width: 640, height: 480, channels: 3 });
    expect(readImageHeader(jpeg(65_535, 65_535, 1, 9000))).toMatchObject({ width: 65_535, channels: 1 });
    expect(readImageHeader(jpeg(1, 1, 3, 9000).subarray(0, 4096))).toEqual({ kind: 'incomplete' });
  });

  const brokenCrc = png(7, 5);
  brokenCrc[17]! ^= 1;
  const scanFirst = Buffer.of(0xff, 0xd8, 0xff, 0xda, 0, 8, 1, 1);
  const unreadable: readonly (readonly [string, Uint8Array, string])[] = [
    ['nothing', new Uint8Array(), 'empty file'],
    ['text', Buffer.from('hello, this is text'), 'not a PNG or JPEG image'],
    ['a GIF named .png', Buffer.from('GIF89a....'), 'a GIF image'],
    ['a WebP', Buffer.from('RIFF....WEBPVP8 '), 'a WebP image'],
    ['an SVG', Buffer.from('<svg xmlns="…">'), 'an SVG image'],
    ['a cut PNG', png(7, 5).subarray(0, 30), 'ends inside its header'],
    ['a PNG with a flipped bit', brokenCrc, 'damaged header'],
    ['a PNG without pixels', png(0, 5, () => [1], 0), 'impossible header'],
    ['a JPEG without a frame', scanFirst, 'without a frame header'],
    ['a JPEG of height 0', jpeg(5, 0, 3), 'impossible header'],
  ];
  it.each(unreadable)('%s is unreadable, with a reason', (_, bytes, reason) => {
    expect(readImageHeader(bytes)).toEqual({ kind: 'unreadable', reason: expect.stringContaining(reason) });
  });

  it('5,000 damaged images is always one of the four answers', () => {
    const random = createRandom(1, 'image-header');
    const sound = [png(7, 5), jpeg(640, 480, 3), jpeg(5, 5, 1, 300)];
    for (let i = 0; i < 5000; i++) {
      const header = readImageHeader(mutated(sound[i % 3]!, random));
      expect(['png', 'jpeg', 'incomplete', 'unreadable']).toContain(header.kind);
    }
  });
});

it('images over 16,384 a side or 64 million pixels are refused with the numbers', () => {
  expect(imageLimitProblem(30_000, 30_000)).toBe(
    'has 30,000 x 30,000 pixels; at most 16,384 a side and 64 million in all are read',
  );
  expect(imageLimitProblem(16_385, 1)).not.toBeNull();
  expect(imageLimitProblem(8001, 8000)).not.toBeNull();
  expect(imageLimitProblem(8000, 8000)).toBeNull();
  expect(imageLimitProblem(16_384, 3000)).toBeNull();
});
