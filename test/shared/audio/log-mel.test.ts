import { describe, expect, it } from 'vitest';
import { logMel, logMelFloor, logMelShape } from '../../../src/shared/audio/log-mel.ts';
import { audioRates } from '../../../src/shared/datasets/audio.ts';

const tone = (hertz: number, rate: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate));

describe('the shape of log-mel bands', () => {
  it('counts whole windows of 25 ms, one every 10 ms', () => {
    expect(logMelShape(16_000, 16_000, 40)).toEqual([98, 40]);
    expect(logMelShape(8000, 8000, 40)).toEqual([98, 40]);
    expect(logMelShape(559, 16_000, 40)).toEqual([1, 40]);
    expect(logMelShape(560, 16_000, 40)).toEqual([2, 40]);
  });

  it('is one window for less than a window', () => {
    expect(logMelShape(1, 16_000, 8)).toEqual([1, 8]);
    expect(logMel(new Float32Array(1), 16_000, 8).length).toBe(8);
  });

  it.each([
    [4000, 8000],
    [5000, 22_050],
    [441, 44_100],
  ])('is that of the bands themselves: %i samples at %i', (samples, rate) => {
    const [frames, bands] = logMelShape(samples, rate, 24);
    expect(logMel(new Float32Array(samples), rate, 24).length).toBe(frames * bands);
  });
});

describe('log-mel bands', () => {
  it('of silence are the logarithm of the floor', () => {
    const features = logMel(new Int16Array(4000), 16_000, 20);
    for (const value of features) expect(value).toBeCloseTo(Math.log(logMelFloor), 5);
  });

  it('are highest where a tone is, in every window alike', () => {
    const [bands, rate] = [40, 16_000];
    const mel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
    for (const hertz of [200, 1000, 3500, 7000]) {
      const features = logMel(tone(hertz, rate, rate / 4), rate, bands);
      const expected = (mel(hertz) / mel(rate / 2)) * (bands + 1) - 1;
      for (let frame = 0; frame < features.length / bands; frame++) {
        const values = [...features.subarray(frame * bands, (frame + 1) * bands)];
        expect(Math.abs(values.indexOf(Math.max(...values)) - expected)).toBeLessThan(1);
      }
    }
  });

  it('do not depend on what stands in another window', () => {
    const alone = tone(500, 16_000, 400);
    const together = new Float32Array(160 * 10 + 400);
    together.set(alone);
    together.set(tone(3000, 16_000, 400), 160 * 9);
    expect(logMel(together, 16_000, 30).slice(0, 30)).toEqual(logMel(alone, 16_000, 30));
  });
});

describe('128 bands, more than any run takes,', () => {
  it.each(audioRates)('all hear something at %i samples a second', (rate) => {
    const bands = 128;
    const noise = Float32Array.from({ length: rate / 10 }, (_, i) => Math.sin(i * i * 0.37) / 2);
    const features = logMel(noise, rate, bands);
    for (let band = 0; band < bands; band++) {
      expect(features.some((value, i) => i % bands === band && value > Math.log(logMelFloor) + 1e-4)).toBe(true);
    }
  });
});
