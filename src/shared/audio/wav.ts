/**
 * WAV files (RIFF/WAVE): a list of chunks, of which "fmt " says how the samples in "data" are written. Read here are whole
 * numbers of 8, 16, 24 and 32 bits and floating-point numbers of 32 and 64, in any number of channels.
 * Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), chapter 3; "New Multimedia
 * Data Types and Data Techniques" 3.0 (1994); WAVE_FORMAT_EXTENSIBLE: "Multiple Channel Audio Data and WAVE Files" (2001).
 */
export interface WavLayout {
  readonly coding: 'integer' | 'float';
  /** Bytes of one number. */
  readonly width: number;
  readonly channels: number;
  /** Samples of a channel in a second. */
  readonly rate: number;
  /** Samples of a channel. */
  readonly frames: number;
  /** Where the samples begin, in bytes. */
  readonly start: number;
}

export type Unreadable = { readonly kind: 'unreadable'; readonly reason: string };

export type WavHeader =
  | ({ readonly kind: 'wav' } & WavLayout)
  /** The samples were not among these bytes, or how many there are stands nowhere; ask again with the whole file. */
  | { readonly kind: 'incomplete' }
  | Unreadable;

export type DecodedWav =
  /** All channels mixed to one, -1 to 1. */
  { readonly kind: 'wav'; readonly rate: number; readonly samples: Float32Array<ArrayBuffer> } | Unreadable;

/** How the samples of a file are written, from its first bytes; `fileBytes` null: unknown. Never throws. */
export function readWavHeader(bytes: Uint8Array, fileBytes: number | null): WavHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const other = otherFile(view);
  if (other !== null) return unreadable(other);
  let format: WavFormat | null = null;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const [name, size, start] = [fourLetters(view, at), view.getUint32(at + 4, true), at + 8];
    if (name === 'data') {
      return format === null
        ? unreadable('a WAV file that does not say how its samples are written')
        : layoutOf(format, { start, size, streamed: isStreamed(view, size) }, fileBytes);
    }
    if (name === 'fmt ') {
      if (size < 16) return unreadable('a WAV file with a damaged header');
      if (start + Math.min(size, 40) > view.byteLength) break;
      const read = readFormat(view, start, size);
      if ('reason' in read) return read;
      format = read;
    }
    at = start + size + (size % 2); // chunks begin at even places
  }
  return fileBytes === null ? { kind: 'incomplete' } : unreadable('a WAV file without samples, or cut off before them');
}

/** All samples of a file, its channels mixed to one by their mean. Never throws, whatever the bytes are. */
export function decodeWav(bytes: Uint8Array): DecodedWav {
  const header = readWavHeader(bytes, bytes.byteLength);
  if (header.kind === 'unreadable') return header;
  if (header.kind === 'incomplete') return unreadable('a WAV file without samples');
  const { channels, width, start, frames, rate } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = numberReader(header);
  const samples = new Float32Array(frames);
  for (let frame = 0, at = start; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, at += width) sum += read(view, at);
    samples[frame] = sum / channels;
  }
  if (!samples.every(Number.isFinite)) return unreadable('a WAV file with samples that are no numbers');
  return { kind: 'wav', rate, samples };
}

type WavFormat = Omit<WavLayout, 'frames' | 'start'>;

interface DataChunk {
  readonly start: number;
  readonly size: number;
  /** Written by a program that did not know the size in advance: everything up to the end of the file is samples. */
  readonly streamed: boolean;
}

const isStreamed = (view: DataView, size: number): boolean =>
  size >= 0x7fff_0000 || (size === 0 && [0, 0xffff_ffff].includes(view.getUint32(4, true)));

function layoutOf(format: WavFormat, { start, size, streamed }: DataChunk, fileBytes: number | null): WavHeader {
  if (streamed && fileBytes === null) return { kind: 'incomplete' };
  const there = fileBytes === null ? size : Math.max(0, fileBytes - start);
  const frameBytes = format.width * format.channels;
  if (!streamed && there < size) {
    const [has, should] = [there, size].map((part) => (part / frameBytes / format.rate).toFixed(2));
    return unreadable(`a WAV file that ends too early: it has ${has} s of ${should} s`);
  }
  const frames = Math.floor((streamed ? there : size) / frameBytes);
  if (frames === 0) return unreadable('a WAV file without a single sample');
  return { kind: 'wav', ...format, frames, start };
}

const [integers, floats, extensible] = [0x0001, 0x0003, 0xfffe] as const;

/** Ways to write samples that are not read, by their number. */
const compressed: Readonly<Record<number, string>> = {
  2: 'ADPCM',
  6: 'A-law',
  7: 'µ-law',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MPEG',
  85: 'MP3',
  255: 'AAC',
  353: 'WMA',
};

const rates = { least: 1000, most: 768_000 } as const;
const mostChannels = 64;

function readFormat(view: DataView, start: number, size: number): WavFormat | Unreadable {
  const stated = view.getUint16(start, true);
  const way = stated === extensible && size >= 26 ? view.getUint16(start + 24, true) : stated; // the GUID's first part
  const [channels, rate] = [view.getUint16(start + 2, true), view.getUint32(start + 4, true)];
  const frameBytes = view.getUint16(start + 12, true);
  if (way !== integers && way !== floats) {
    const name = compressed[way] ?? `the format 0x${way.toString(16).padStart(4, '0')}`;
    return unreadable(`a WAV file in ${name}; only uncompressed ones (PCM or float) are read`);
  }
  if (channels < 1 || channels > mostChannels) {
    return unreadable(`a WAV file of ${channels} channels; 1 to ${mostChannels} are read`);
  }
  if (rate < rates.least || rate > rates.most) {
    const shown = (value: number) => value.toLocaleString('en');
    return unreadable(
      `a WAV file of ${shown(rate)} samples a second; ${shown(rates.least)} to ${shown(rates.most)} are read`,
    );
  }
  const width = frameBytes / channels;
  const coding = way === integers ? ('integer' as const) : ('float' as const);
  const widths = coding === 'integer' ? [1, 2, 3, 4] : [4, 8];
  if (!widths.includes(width)) {
    return unreadable(
      `a WAV file of ${coding === 'float' ? 'floating-point' : 'whole'} numbers of ${8 * width} bits; ${widths.map((bytes) => 8 * bytes).join(', ')} are read`,
    );
  }
  return { coding, width, channels, rate };
}

/** One number from -1 to 1. Fewer bits than its bytes have stand at their upper end, so that the bytes tell all. */
function numberReader({ coding, width }: WavFormat): (view: DataView, at: number) => number {
  if (coding === 'float') {
    return width === 4 ? (view, at) => view.getFloat32(at, true) : (view, at) => view.getFloat64(at, true);
  }
  if (width === 1) return (view, at) => (view.getUint8(at) - 128) / 0x80; // 8 bits have no sign
  if (width === 2) return (view, at) => view.getInt16(at, true) / 0x8000;
  if (width === 3) return (view, at) => (view.getUint16(at, true) + 0x1_0000 * view.getInt8(at + 2)) / 0x80_0000;
  return (view, at) => view.getInt32(at, true) / 0x8000_0000;
}

/** Beginnings of other files that stand where WAV files should. */
const otherFiles: readonly (readonly [string, string])[] = [
  ['RIFX', 'a WAV file with the bytes of its numbers in reverse (RIFX), which is not read'],
  ['RF64', 'a WAV file for more than 4 GB (RF64), which is not read'],
  ['FORM', 'an AIFF file'],
  ['fLaC', 'a FLAC file'],
  ['OggS', 'an Ogg file'],
  ['.snd', 'an AU file'],
  ['NIST', 'a NIST SPHERE file'],
  ['caff', 'a CAF file'],
  ['ID3', 'an MP3 file'],
  ['\u00ff\u00fb', 'an MP3 file'],
];

/** What a file is where it is no WAV file. */
function otherFile(view: DataView): string | null {
  if (view.byteLength === 0) return 'empty file';
  const first = fourLetters(view, 0);
  const other = otherFiles.find(([letters]) => first.startsWith(letters));
  if (other) return other[1].endsWith('read') ? other[1] : `${other[1]}; only WAV files are read`;
  if (first !== 'RIFF') return 'not a WAV file';
  if (view.byteLength < 12) return 'a WAV file that ends inside its header';
  return fourLetters(view, 8) === 'WAVE' ? null : 'a RIFF file, but no sound';
}

const unreadable = (reason: string): Unreadable => ({ kind: 'unreadable', reason });

function fourLetters(view: DataView, at: number): string {
  let letters = '';
  for (let i = at; i < Math.min(at + 4, view.byteLength); i++) letters += String.fromCharCode(view.getUint8(i));
  return letters;
}
