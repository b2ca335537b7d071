import { useEffect, useRef } from 'react';

export interface PixelsProps {
  /** uint8, row by row: one value a pixel (grey) or three (red, green, blue). */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Drawings, dark on light, are inverted in the dark theme; photographs never are. */
  readonly polarity: 'ink-dark' | 'photo';
  /** Read by screen readers; without it the image is decoration. */
  readonly label?: string;
}

/** A small image of a dataset, drawn as it is stored; its size on the page is the style sheet's. */
export function Pixels({ pixels, width, height, channels, polarity, label }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const at = pixel * channels;
      image.data[pixel * 4] = pixels[at] ?? 0;
      image.data[pixel * 4 + 1] = pixels[channels === 3 ? at + 1 : at] ?? 0;
      image.data[pixel * 4 + 2] = pixels[channels === 3 ? at + 2 : at] ?? 0;
      image.data[pixel * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, width, height, channels]);
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={polarity === 'ink-dark' ? 'glyph' : 'photo'}
      {...named}
    />
  );
}
