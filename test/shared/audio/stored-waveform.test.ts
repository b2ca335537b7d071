import { describe, expect, it } from 'vitest';
import { createStoreWaveform, lengthChange } from '../../../src/shared/audio/stored-waveform.ts';

const layout = { rate: 8000, samples: 4 };

describe('a stored waveform', () => {
  it('is of 16 bits, cut at its end', () => {
    const samples = Float32Array.of(0, 0.5, -0.5, 0.25, 0.75, 0.75);
    expect([...createStoreWaveform(layout)(samples, 8000)]).toEqual([0, 16_384, -16_384, 8192]);
  });

  it('is followed by silence', () => {
    expect([...createStoreWaveform(layout)(Float32Array.of(0.5), 8000)]).toEqual([16_384, 0, 0, 0]);
  });

  it('goes no further than 16 bits go', () => {
    expect([...createStoreWaveform(layout)(Float32Array.of(1, -1, 3, -3), 8000)]).toEqual([
      32_767, -32_768, 32_767, -32_768,
    ]);
  });

  it('is brought to the rate of the layout, whatever rates come one after the other', () => {
    const store = createStoreWaveform({ rate: 8000, samples: 800 });
    const constant = new Float32Array(8000).fill(0.5);
    for (const rate of [16_000, 11_025, 16_000]) {
      const middle = store(constant, rate).slice(300, 400);
      expect(Math.max(...middle) - 16_384).toBeLessThan(3);
      expect(16_384 - Math.min(...middle)).toBeLessThan(3);
    }
  });
});

describe('the change of a length', () => {
  it.each([
    [1, 'none'],
    [1.1, 'cut'],
    [0.9, 'filled'],
    [1 + 1 / 44_100, 'none'],
  ] as const)('of a file of %f s in clips of 1 s is: %s', (seconds, expected) => {
    expect(lengthChange(seconds, { rate: 16_000, samples: 16_000 })).toBe(expected);
  });
});
