import { describe, expect, it } from 'vitest';
import { createResampler, resampledLength } from '../../../src/shared/audio/resample.ts';

const sine = (hertz: number, rate: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

/** The largest difference, away from both ends, where the sine was cut. */
function difference(ours: Float32Array, expected: Float32Array, margin: number): number {
  let most = 0;
  for (let i = margin; i < expected.length - margin; i++) most = Math.max(most, Math.abs(ours[i]! - expected[i]!));
  return most;
}

const pairs = [
  [44_100, 16_000],
  [48_000, 16_000],
  [16_000, 44_100],
  [8000, 22_050],
  [22_050, 8000],
  [11_025, 16_000],
  [12_347, 16_000], // no common divisor
  [96_001, 8000], // so many filters that none is kept
] as const;

describe.each(pairs)('%i to %i samples a second', (from, to) => {
  const lower = Math.min(from, to);
  const seconds = 0.06;
  const margin = Math.ceil((80 * to) / lower);
  const resample = createResampler(from, to);

  it('keeps a tone below both halves as it is', () => {
    for (const hertz of [0.01, 0.1, 0.35, 0.44].map((part) => part * lower)) {
      const ours = resample(sine(hertz, from, Math.round(from * seconds)));
      expect(difference(ours, sine(hertz, to, ours.length), margin)).toBeLessThan(1e-4);
    }
  });

  it('keeps a constant', () => {
    const ours = resample(new Float32Array(Math.round(from * seconds)).fill(0.5));
    expect(difference(ours, new Float32Array(ours.length).fill(0.5), margin)).toBeLessThan(1e-5);
  });

  it.runIf(from > to)('lets nothing above the new half fold back', () => {
    for (const hertz of [0.53 * to, 0.45 * from].filter((tone) => tone > 0.53 * to - 1)) {
      const ours = resample(sine(hertz, from, Math.round(from * seconds)));
      expect(difference(ours, new Float32Array(ours.length), margin)).toBeLessThan(1e-4);
    }
  });

  it('lasts as long as before, rounded up', () => {
    const length = Math.round(from * seconds);
    expect(resample(new Float32Array(length)).length).toBe(resampledLength(length, from, to));
    expect(resampledLength(length, from, to) / to).toBeGreaterThanOrEqual(length / from);
  });
});

describe('a resampler', () => {
  it('makes the asked length: cut, or followed by silence', () => {
    const samples = new Float32Array(1000).fill(1);
    expect(createResampler(8000, 16_000)(samples, 100).length).toBe(100);
    expect([...createResampler(8000, 16_000)(samples, 4000).slice(3000)].every((value) => value === 0)).toBe(true);
    expect([...createResampler(8000, 8000)(samples, 1002).slice(999)]).toEqual([1, 0, 0]);
  });

  it('gives an impulse back where it stood', () => {
    const impulse = new Float32Array(400);
    impulse[200] = 1;
    const ours = createResampler(8000, 16_000)(impulse);
    expect(ours.indexOf(Math.max(...ours))).toBe(400);
  });

  it('refuses rates that are none', () => {
    expect(() => createResampler(0, 8000)).toThrow('whole numbers above zero');
    expect(() => createResampler(8000.5, 8000)).toThrow('8000.5');
  });
});
