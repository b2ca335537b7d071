import { expect, it } from 'vitest';
import { wavOf } from '../../../src/renderer/features/run/classification/wav-of.ts';
import { decodeWav } from '../../../src/shared/audio/wav.ts';

it('writes samples so that they are read back as they were', () => {
  const samples = Int16Array.of(0, 32_767, -32_768, 5);
  const read = decodeWav(wavOf(samples, 8000));
  if (read.kind !== 'wav') throw new Error(read.reason);
  expect(read.rate).toBe(8000);
  expect(Array.from(read.samples, (sample) => Math.round(sample * 32_768))).toEqual([...samples]);
});
