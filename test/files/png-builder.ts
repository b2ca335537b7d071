import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG with a true header for the stated size; its pixels may be fewer (the header is what is judged first). */
export function png(
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly number[] = () => [255],
  rows = height,
): Buffer {
  const channels = pixel(0, 0).length;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8({ 1: 0, 2: 4, 3: 2, 4: 6 }[channels] ?? 0, 9);
  const raw = Buffer.alloc(rows * (1 + width * channels));
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      Buffer.from(pixel(x, y)).copy(raw, y * (1 + width * channels) + 1 + x * channels);
    }
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** The header of a 30,000 x 30,000 PNG and next to no pixels: 900 million of them would take 900 MB. */
export const giantPng = (): Buffer => png(30_000, 30_000, () => [255], 1);
