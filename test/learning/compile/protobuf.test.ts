import { describe, expect, test } from 'vitest';
import { MessageWriter } from '../../../src/main/learning/compile/protobuf.ts';

const bytes = (writer: MessageWriter) => [...writer.finish()];

describe('protocol buffer messages (examples of protobuf.dev, "Encoding")', () => {
  test('a varint field', () => {
    expect(bytes(new MessageWriter().integer(1, 150))).toEqual([0x08, 0x96, 0x01]);
    expect(bytes(new MessageWriter().integer(1, 0))).toEqual([0x08, 0x00]);
  });

  test('a negative number takes ten bytes, a large one keeps all its bits', () => {
    expect(bytes(new MessageWriter().integer(1, -2))).toEqual([0x08, 0xfe, ...Array<number>(8).fill(0xff), 0x01]);
    expect(bytes(new MessageWriter().integer(1, 2 ** 40 + 1))).toEqual([0x08, 0x81, 0x80, 0x80, 0x80, 0x80, 0x20]);
  });

  test('a string, a message inside a message, packed numbers', () => {
    expect(bytes(new MessageWriter().string(2, 'testing'))).toEqual([
      0x12,
      0x07,
      ...new TextEncoder().encode('testing'),
    ]);
    expect(bytes(new MessageWriter().message(3, new MessageWriter().integer(1, 150)))).toEqual([0x1a, 3, 8, 0x96, 1]);
    expect(bytes(new MessageWriter().packedIntegers(6, [3, 270, 86942]))).toEqual([
      ...[0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05],
    ]);
  });

  test('a float field, in little-endian order', () => {
    expect(bytes(new MessageWriter().float(4, 1.5))).toEqual([0x25, 0, 0, 0xc0, 0x3f]);
  });

  test('large fields keep their place between small ones', () => {
    const large = Uint8Array.from({ length: 2000 }, (_, index) => index % 251);
    const inner = new MessageWriter().integer(1, 7).bytes(2, large).integer(3, 9);
    const message = bytes(new MessageWriter().message(1, inner).integer(2, 5));
    expect(message).toEqual([0x0a, 0xd7, 0x0f, 8, 7, 0x12, 0xd0, 0x0f, ...large, 0x18, 9, 0x10, 5]);
  });
});
