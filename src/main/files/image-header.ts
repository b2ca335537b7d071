import { crc32 } from 'node:zlib';

/**
 * What an image file says about itself in its first bytes, read before anything decodes it.
 * PNG: https://www.w3.org/TR/png-3/ section 11.2.1. JPEG: ITU-T T.81, annex B.
 */
export type ImageHeader =
  | { readonly kind: 'png' | 'jpeg'; readonly width: number; readonly height: number; readonly channels: number }
  /** The size was not among these bytes (a JPEG with long metadata); ask again with the whole file. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The largest images that are decoded. */
export const imageLimits = { side: 16_384, pixels: 64_000_000 } as const;

/** Format and size of a PNG or JPEG file from its first bytes. Never throws, whatever the bytes are. */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  if (bytes.byteLength === 0) return unreadable('empty file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, pngSignature)) return readPng(view);
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return readJpeg(view);
  const other = otherFormats.find(([, magic, at]) => startsWith(bytes.subarray(at), magic));
  return unreadable(other ? `${other[0]}; only PNG and JPEG are read` : 'not a PNG or JPEG image');
}

/** Why an image is too large to be decoded, as the end of "The image X …"; null when it is not. */
export function imageLimitProblem(width: number, height: number): string | null {
  if (width <= imageLimits.side && height <= imageLimits.side && width * height <= imageLimits.pixels) return null;
  const shown = (value: number) => value.toLocaleString('en');
  return `has ${shown(width)} x ${shown(height)} pixels; at most ${shown(imageLimits.side)} a side and ${imageLimits.pixels / 1e6} million in all are read`;
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));

/** Name, first bytes, and where they are. */
const otherFormats: readonly (readonly [string, readonly number[], number])[] = [
  ['a GIF image', ascii('GIF8'), 0],
  ['a WebP image', ascii('WEBP'), 8],
  ['a BMP image', ascii('BM'), 0],
  ['a TIFF image', [0x49, 0x49, 0x2a, 0x00], 0],
  ['a TIFF image', [0x4d, 0x4d, 0x00, 0x2a], 0],
  ['an AVIF or HEIC image', ascii('ftyp'), 4],
  ['an SVG image', ascii('<svg'), 0],
  ['a PDF document', ascii('%PDF'), 0],
  ['a zip archive', ascii('PK\u0003\u0004'), 0],
];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.byteLength >= magic.length && magic.every((byte, i) => bytes[i] === byte);
}

const unreadable = (reason: string): ImageHeader => ({ kind: 'unreadable', reason });

const pngChannels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/** Signature, then the IHDR chunk: length 13, type, width, height, depth, colour type, three methods, CRC. */
function readPng(view: DataView): ImageHeader {
  if (view.byteLength < 33) return unreadable('a PNG that ends inside its header');
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) return unreadable('a PNG without a header');
  const checked = new Uint8Array(view.buffer, view.byteOffset + 12, 17);
  if (crc32(checked) !== view.getUint32(29)) return unreadable('a PNG with a damaged header');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = pngChannels[view.getUint8(25)];
  if (width === 0 || height === 0 || channels === undefined) return unreadable('a PNG with an impossible header');
  return { kind: 'png', width, height, channels };
}

/** Segments up to the frame header (SOFn): marker, length, precision, height, width, components. */
function readJpeg(view: DataView): ImageHeader {
  let position = 2;
  while (position + 4 <= view.byteLength) {
    if (view.getUint8(position) !== 0xff) return unreadable('a JPEG with a damaged header');
    const marker = view.getUint8(position + 1);
    if (marker === 0xff) {
      position += 1; // fill bytes may stand before a marker
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return unreadable('a JPEG without a frame header');
    const length = view.getUint16(position + 2);
    if (length < 2) return unreadable('a JPEG with a damaged header');
    if (isFrameHeader(marker)) return readFrame(view, position + 4);
    position += 2 + length;
  }
  return { kind: 'incomplete' };
}

/** SOF0 to SOF15 without DHT (c4), JPG (c8) and DAC (cc). */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function readFrame(view: DataView, position: number): ImageHeader {
  if (position + 6 > view.byteLength) return { kind: 'incomplete' };
  const height = view.getUint16(position + 1);
  const width = view.getUint16(position + 3);
  const channels = view.getUint8(position + 5);
  if (width === 0 || height === 0 || channels === 0) return unreadable('a JPEG with an impossible header');
  return { kind: 'jpeg', width, height, channels };
}
