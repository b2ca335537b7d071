import type { AudioLayout } from '../datasets/audio.ts';
import { createResampler, type Resampler } from './resample.ts';

/** Brings samples from -1 to 1 at some rate to how a dataset stores its clips. */
export type StoreWaveform = (samples: Float32Array, rate: number) => Int16Array<ArrayBuffer>;

/**
 * At the layout's rate, cut at their end or followed by silence, as signed whole numbers of 16 bits; what is beyond -1
 * and 1 is cut off. Keeps the filters of each rate that it meets.
 */
export function createStoreWaveform(layout: AudioLayout): StoreWaveform {
  const resamplers = new Map<number, Resampler>();
  return (samples, rate) => {
    const resample = resamplers.get(rate) ?? createResampler(rate, layout.rate);
    resamplers.set(rate, resample);
    const resampled = resample(samples, layout.samples);
    return Int16Array.from(resampled, (value) => Math.max(-0x8000, Math.min(0x7fff, Math.round(value * 0x8000))));
  };
}

/** Half a sample: lengths that differ by less are the same. */
const tolerance = 0.5;

/** What a layout does to the length of a clip. */
export function lengthChange(seconds: number, { rate, samples }: AudioLayout): 'cut' | 'filled' | 'none' {
  const more = seconds * rate - samples;
  if (more > tolerance) return 'cut';
  return more < -tolerance ? 'filled' : 'none';
}
