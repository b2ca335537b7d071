import { describe, expect, it } from 'vitest';
import { logMel, logMelShape } from '../../src/shared/audio/log-mel.ts';
import { createResampler } from '../../src/shared/audio/resample.ts';
import { relativeError } from '../learning/differences.ts';
import { readFixture } from './fixture.ts';

/** What reference/make_audio_fixtures.py says of waveforms; samples are whole numbers of 16 bits. */
interface AudioFixture {
  readonly resampling: readonly {
    readonly from: number;
    readonly to: number;
    readonly samples: readonly number[];
    readonly expected: readonly number[];
  }[];
  readonly logMel: readonly {
    readonly rate: number;
    readonly samples: readonly number[];
    readonly shape: readonly [number, number];
    readonly expected: readonly number[];
  }[];
}

const fixture = readFixture<AudioFixture>('audio');

describe.each(fixture.resampling)('$from to $to samples a second', ({ from, to, samples, expected }) => {
  it('comes to what scipy comes to, to 1e-6 of the signal', () => {
    const ours = createResampler(from, to)(Float32Array.from(samples, (sample) => sample / 0x8000));
    expect(ours.length).toBe(expected.length);
    expect(relativeError(ours, expected)).toBeLessThan(1e-6);
  });
});

describe.each(fixture.logMel)('log-mel bands at $rate samples a second', ({ rate, samples, shape, expected }) => {
  const stored = Int16Array.from(samples);

  it('come to what librosa comes to, to 1e-6', () => {
    expect(logMelShape(stored.length, rate, shape[1])).toEqual(shape);
    expect(relativeError(logMel(stored, rate, shape[1]), expected)).toBeLessThan(1e-6);
  });

  it('come to the same of numbers from -1 to 1', () => {
    const floats = Float32Array.from(stored, (sample) => sample / 0x8000);
    expect(relativeError(logMel(floats, rate, shape[1]), expected)).toBeLessThan(1e-6);
  });
});
