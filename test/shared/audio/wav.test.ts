import { describe, expect, it } from 'vitest';
import { decodeWav, readWavHeader } from '../../../src/shared/audio/wav.ts';
import { makeWav } from './wav-file.ts';

const frames = [[0], [0.5], [-0.5], [-1], [0.25]];
const samplesOf = (bytes: Uint8Array): number[] => {
  const decoded = decodeWav(bytes);
  if (decoded.kind === 'unreadable') throw new Error(decoded.reason);
  return [...decoded.samples];
};
const reasonOf = (bytes: Uint8Array): string => {
  const decoded = decodeWav(bytes);
  return decoded.kind === 'unreadable' ? decoded.reason : 'it was read';
};

describe('a WAV file', () => {
  it.each([
    ['integer', 8],
    ['integer', 16],
    ['integer', 24],
    ['integer', 32],
    ['float', 32],
    ['float', 64],
  ] as const)('of %s numbers of %i bits is read exactly', (coding, bits) => {
    expect(samplesOf(makeWav({ frames, coding, bits }))).toEqual([0, 0.5, -0.5, -1, 0.25]);
    expect(samplesOf(makeWav({ frames, coding, bits, extensible: 'yes' }))).toEqual([0, 0.5, -0.5, -1, 0.25]);
  });

  it('of 12 bits in 16 is read at its full height', () => {
    expect(samplesOf(makeWav({ frames, bits: 12 }))).toEqual([0, 0.5, -0.5, -1, 0.25]);
  });

  it('of several channels is mixed to one', () => {
    const stereo = [
      [0.5, -0.5],
      [0.5, 0],
      [1 / 4, 3 / 4],
    ];
    expect(samplesOf(makeWav({ frames: stereo }))).toEqual([0, 0.25, 0.5]);
    expect(samplesOf(makeWav({ frames: [[0.25, 0.25, 0.25, 0.25, 0.25, 0.25]], bits: 24 }))).toEqual([0.25]);
  });

  it('is read past other chunks, of odd lengths too', () => {
    const before = [
      ['LIST', 13],
      ['bext', 602],
    ] as const;
    expect(samplesOf(makeWav({ frames, before }))).toEqual([0, 0.5, -0.5, -1, 0.25]);
  });

  it('is read to its end where its writer did not know the size', () => {
    for (const statedBytes of [0xffff_ffff, 0x7fff_f000]) {
      expect(samplesOf(makeWav({ frames, statedBytes }))).toEqual([0, 0.5, -0.5, -1, 0.25]);
    }
    expect(samplesOf(makeWav({ frames, statedBytes: 0, riffBytes: 0xffff_ffff })).length).toBe(5);
  });

  it('is read from the middle of other bytes', () => {
    const file = makeWav({ frames });
    const around = new Uint8Array(file.byteLength + 3);
    around.set(file, 3);
    expect(samplesOf(around.subarray(3))).toEqual([0, 0.5, -0.5, -1, 0.25]);
  });
});

describe('the header of a WAV file', () => {
  it('says rate, channels and length from the first bytes', () => {
    const file = makeWav({ frames: new Array<number[]>(8000).fill([0, 0]), rate: 44_100 });
    const header = readWavHeader(file.subarray(0, 100), null);
    expect(header).toMatchObject({ kind: 'wav', rate: 44_100, channels: 2, frames: 8000, width: 2 });
  });

  it('asks for the whole file where the samples come later, or their size is not known', () => {
    const late = makeWav({ frames, before: [['LIST', 5000]] });
    expect(readWavHeader(late.subarray(0, 4096), null)).toEqual({ kind: 'incomplete' });
    expect(readWavHeader(late, late.byteLength)).toMatchObject({ kind: 'wav', frames: 5 });
    const streamed = makeWav({ frames, statedBytes: 0xffff_ffff });
    expect(readWavHeader(streamed, null)).toEqual({ kind: 'incomplete' });
    expect(readWavHeader(streamed, streamed.byteLength)).toMatchObject({ kind: 'wav', frames: 5 });
  });
});

describe('what is no WAV file that can be read', () => {
  it.each([
    [2, 'ADPCM'],
    [6, 'A-law'],
    [7, 'µ-law'],
    [0x55, 'MP3'],
    [0x1234, 'the format 0x1234'],
  ])('names the way %i in which it is compressed', (way, name) => {
    expect(reasonOf(makeWav({ frames, way }))).toContain(`in ${name}; only uncompressed ones`);
  });

  it('says how much of a file that was cut off is there', () => {
    const file = makeWav({ frames: new Array<number[]>(16_000).fill([0.1]) });
    expect(reasonOf(file.subarray(0, 16_044))).toBe('a WAV file that ends too early: it has 0.50 s of 1.00 s');
  });

  it.each([
    ['empty file', new Uint8Array(0)],
    ['not a WAV file', new TextEncoder().encode('hello, this is a text')],
    ['a WAV file that ends inside its header', new TextEncoder().encode('RIFF')],
    ['a RIFF file, but no sound', new TextEncoder().encode('RIFF\0\0\0\0AVI LIST')],
    ['a FLAC file; only WAV files are read', new TextEncoder().encode('fLaC and so on')],
    ['an MP3 file; only WAV files are read', new TextEncoder().encode('ID3 and so on')],
    ['a WAV file without a single sample', makeWav({ frames: [], channels: 1 })],
    ['a WAV file without samples, or cut off before them', makeWav({ frames }).subarray(0, 36)],
    ['a WAV file of 0 channels; 1 to 64 are read', makeWav({ frames: [], channels: 0 })],
    ['a WAV file of 10 samples a second; 1,000 to 768,000 are read', makeWav({ frames, rate: 10 })],
    ['a WAV file with samples that are no numbers', makeWav({ frames: [[Number.NaN]], coding: 'float', bits: 32 })],
    [
      'a WAV file of floating-point numbers of 16 bits; 32, 64 are read',
      makeWav({ frames: [], channels: 1, bits: 16, way: 3 }),
    ],
  ])('%s', (reason, bytes) => {
    expect(reasonOf(bytes)).toBe(reason);
  });

  it('never throws, wherever a file is cut or damaged', () => {
    const file = makeWav({ frames, bits: 24, extensible: 'yes', before: [['LIST', 9]] });
    for (let length = 0; length < file.byteLength - 1; length++) {
      // the last byte only fills up
      expect(decodeWav(file.subarray(0, length)).kind).toBe('unreadable');
      readWavHeader(file.subarray(0, length), null);
    }
    for (let at = 0; at < file.byteLength; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const damaged = file.slice();
        damaged[at] = value;
        expect(['wav', 'unreadable']).toContain(decodeWav(damaged).kind);
      }
    }
  });
});
