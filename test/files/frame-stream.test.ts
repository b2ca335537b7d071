import { describe, expect, it } from 'vitest';
import { encodeFrame, frameDecoder } from '../../src/main/files/frame-stream.ts';

const values = [
  { a: 1, list: [null, 'ü'] },
  Float64Array.of(1, Number.NaN, -0),
  'text',
  { pixels: new Uint8Array(3000).fill(7) },
];

function decodeInParts(bytes: Buffer, size: number, longest = 1e6): unknown[] {
  const found: unknown[] = [];
  const decode = frameDecoder(longest, (value) => found.push(value));
  for (let at = 0; at < bytes.length; at += size) decode(bytes.subarray(at, at + size));
  return found;
}

describe('frames', () => {
  it.each([1, 2, 3, 7, 1000, 1e6])('come back as they were from parts of %d bytes', (size) => {
    const bytes = Buffer.concat(values.map(encodeFrame));
    expect(decodeInParts(bytes, size)).toEqual(values);
  });

  it('that are not whole yet are waited for', () => {
    const bytes = encodeFrame('abc');
    expect(decodeInParts(bytes.subarray(0, bytes.length - 1), 1000)).toEqual([]);
  });

  it('that are too long are refused before they have come', () => {
    expect(() => decodeInParts(Buffer.from([0, 0, 1, 1]), 4, 256)).toThrow(/257 bytes is longer than the allowed 256/);
  });

  it('that hold no value are refused', () => {
    expect(() => decodeInParts(Buffer.from([0, 0, 0, 2, 1, 1]), 6)).toThrow();
  });
});
