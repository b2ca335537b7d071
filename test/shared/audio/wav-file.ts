/** WAV files made for tests. */
export interface WavToMake {
  readonly rate?: number;
  readonly channels?: number;
  readonly coding?: 'integer' | 'float';
  readonly bits?: number;
  /** Of each frame, a value from -1 to 1 for each channel. */
  readonly frames: readonly (readonly number[])[];
  /** The number that says how samples are written; by default as `coding` says. */
  readonly way?: number;
  readonly extensible?: 'yes' | 'no';
  /** Chunks before the samples. */
  readonly before?: readonly (readonly [name: string, bytes: number])[];
  /** What the header says of the size of the samples; by default the truth. */
  readonly statedBytes?: number;
  readonly riffBytes?: number;
}

export function makeWav(wav: WavToMake): Uint8Array<ArrayBuffer> {
  const {
    rate = 16_000,
    channels = wav.frames[0]?.length ?? 1,
    coding = 'integer',
    bits = 16,
    extensible = 'no',
  } = wav;
  const width = Math.ceil(bits / 8);
  const way = wav.way ?? (coding === 'integer' ? 1 : 3);
  const format = new DataView(new ArrayBuffer(extensible === 'yes' ? 40 : 16));
  format.setUint16(0, extensible === 'yes' ? 0xfffe : way, true);
  format.setUint16(2, channels, true);
  format.setUint32(4, rate, true);
  format.setUint32(8, rate * channels * width, true);
  format.setUint16(12, channels * width, true);
  format.setUint16(14, bits, true);
  if (extensible === 'yes') {
    format.setUint16(16, 22, true);
    format.setUint16(18, bits, true);
    format.setUint16(24, way, true); // the rest of the GUID says nothing
  }
  const samples = new DataView(new ArrayBuffer(wav.frames.length * channels * width));
  wav.frames.flat().forEach((value, i) => {
    writeNumber(samples, i * width, value, coding, width);
  });
  const chunks = [
    chunk('fmt ', new Uint8Array(format.buffer)),
    ...(wav.before ?? []).map(([name, bytes]) => chunk(name, new Uint8Array(bytes).fill(7))),
    chunk('data', new Uint8Array(samples.buffer), wav.statedBytes),
  ];
  const size = chunks.reduce((sum, part) => sum + part.byteLength, 4);
  return joined([chunk('RIFF', letters('WAVE'), wav.riffBytes ?? size), ...chunks]);
}

/** A tone in one channel. */
export const tone = (hertz: number, seconds: number, rate: number, height = 0.5): number[][] =>
  Array.from({ length: Math.round(seconds * rate) }, (_, i) => [height * Math.sin((2 * Math.PI * hertz * i) / rate)]);

function writeNumber(view: DataView, at: number, value: number, coding: 'integer' | 'float', width: number): void {
  if (coding === 'float') {
    if (width === 4) view.setFloat32(at, value, true);
    else view.setFloat64(at, value, true);
    return;
  }
  const top = 2 ** (8 * width - 1);
  const whole = Math.max(-top, Math.min(top - 1, Math.round(value * top)));
  if (width === 1) view.setUint8(at, whole + 128);
  else if (width === 2) view.setInt16(at, whole, true);
  else if (width === 4) view.setInt32(at, whole, true);
  else {
    view.setUint16(at, whole & 0xffff, true);
    view.setInt8(at + 2, whole >> 16);
  }
}

const letters = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function chunk(name: string, content: Uint8Array, stated = content.byteLength): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, stated, true);
  return joined([letters(name), size, content, new Uint8Array(content.byteLength % 2)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
