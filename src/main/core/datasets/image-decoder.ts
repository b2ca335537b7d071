import { InnerloopError } from '../../../shared/contract/errors.ts';
import { imageLimits } from '../../files/image-header.ts';

/** One image at the size of its dataset: [height, width, channels] uint8, rows first. */
export interface DecodedImage {
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

export interface ImageDecoder {
  /** Decodes a PNG or JPEG whose header was checked before; throws `bad-file` with what is wrong. */
  decode(bytes: Uint8Array): Promise<DecodedImage>;
}

/** How far the channels of a grey picture stored in colour may lie apart (JPEG rounds). */
const greyTolerance = 8;

/**
 * Decodes with sharp: stretched to size x size with a Lanczos filter, as the Omniglot and miniImageNet pipelines do;
 * transparent parts become white; a picture without colour gets one channel. Colour profiles and orientation tags of
 * the file are ignored. sharp is loaded here and not with the core, which starts without it.
 */
export async function createImageDecoder(size: number): Promise<ImageDecoder> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false); // every file is read once
  sharp.concurrency(1); // images are decoded side by side instead
  const options = {
    limitInputPixels: imageLimits.pixels,
    failOn: 'error',
    sequentialRead: true,
    ignoreIcc: true,
  } as const;
  return {
    decode: async (bytes) => {
      try {
        const { data, info } = await sharp(bytes, options)
          .flatten({ background: '#ffffff' })
          .resize(size, size, { fit: 'fill', kernel: 'lanczos3' })
          .raw({ depth: 'uchar' })
          .toBuffer({ resolveWithObject: true });
        return withoutNeedlessColour(data, info.channels);
      } catch (thrown) {
        const detail = thrown instanceof Error ? thrown.message : String(thrown);
        throw new InnerloopError('bad-file', 'damaged image', { detail, cause: thrown });
      }
    },
  };
}

function withoutNeedlessColour(pixels: Uint8Array, channels: number): DecodedImage {
  if (channels === 1) return { channels: 1, pixels };
  if (channels !== 3) throw new Error(`Decoding gave ${channels} channels instead of 1 or 3.`);
  const grey = new Uint8Array(pixels.length / 3);
  for (let i = 0; i < grey.length; i++) {
    const [red, green, blue] = [pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > greyTolerance) return { channels: 3, pixels };
    grey[i] = green;
  }
  return { channels: 1, pixels: grey };
}
