import { expect, it } from 'vitest';
import { createFourierTransform } from '../../../src/shared/audio/fourier.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

it.each([2, 4, 64, 512])('a transform of %i numbers comes to the sum that defines it', (length) => {
  const random = createRandom(length, 'test');
  const real = Float64Array.from({ length }, () => random.uniform() - 0.5);
  const imaginary = Float64Array.from({ length }, () => random.uniform() - 0.5);
  const expected = Array.from({ length }, (_, k) => {
    let [re, im] = [0, 0];
    for (let n = 0; n < length; n++) {
      const [cosine, sine] = [Math.cos((2 * Math.PI * k * n) / length), -Math.sin((2 * Math.PI * k * n) / length)];
      re += real[n]! * cosine - imaginary[n]! * sine;
      im += real[n]! * sine + imaginary[n]! * cosine;
    }
    return [re, im] as const;
  });
  createFourierTransform(length)(real, imaginary);
  expected.forEach(([re, im], k) => {
    expect(real[k]).toBeCloseTo(re, 10);
    expect(imaginary[k]).toBeCloseTo(im, 10);
  });
});

it.each([0, 1, 3, 100])('a transform of %i numbers is refused', (length) => {
  expect(() => createFourierTransform(length)).toThrow('power of two');
});
