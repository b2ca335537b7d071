import type { PredictedExample } from '../../../../shared/runs/classification-report.ts';

/** Stored pixels as the PNG file that they would be read from: the same values at the same size. */
export async function pngOf({ width, height, channels, pixels }: NonNullable<PredictedExample['image']>) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The image cannot be drawn.');
  const image = context.createImageData(width, height);
  for (let place = 0; place < width * height; place++) {
    for (let colour = 0; colour < 3; colour++) {
      image.data[place * 4 + colour] = pixels[place * channels + (channels === 3 ? colour : 0)] ?? 0;
    }
    image.data[place * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  const file = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await file.arrayBuffer());
}
