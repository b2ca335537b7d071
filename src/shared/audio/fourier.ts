/** The discrete Fourier transform of complex numbers in place, in parts real and imaginary; of one length. */
export type FourierTransform = (real: Float64Array, imaginary: Float64Array) => void;

/**
 * For lengths that are powers of two: the fast transform of radix 2. Cooley and Tukey, "An algorithm for the machine
 * calculation of complex Fourier series" (1965): the halves of even and of odd places are transformed and put together.
 */
export function createFourierTransform(length: number): FourierTransform {
  const bits = Math.log2(length);
  if (!Number.isInteger(bits) || length < 2) throw new Error(`A length is a power of two, not ${length}.`);
  const cosines = Float64Array.from({ length: length / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const sines = Float64Array.from({ length: length / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
  const mirrored = Uint32Array.from({ length }, (_, place) => {
    let turned = 0;
    for (let bit = 0; bit < bits; bit++) turned |= ((place >> bit) & 1) << (bits - 1 - bit);
    return turned;
  });
  return (real, imaginary) => {
    for (let place = 0; place < length; place++) {
      const other = mirrored[place]!;
      if (other <= place) continue;
      [real[place], real[other]] = [real[other]!, real[place]!];
      [imaginary[place], imaginary[other]] = [imaginary[other]!, imaginary[place]!];
    }
    for (let half = 1; half < length; half *= 2) {
      const stride = length / (2 * half);
      for (let start = 0; start < length; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const [cosine, sine] = [cosines[k * stride]!, sines[k * stride]!];
          const [even, odd] = [start + k, start + k + half];
          const turnedReal = real[odd]! * cosine - imaginary[odd]! * sine;
          const turnedImaginary = real[odd]! * sine + imaginary[odd]! * cosine;
          real[odd] = real[even]! - turnedReal;
          imaginary[odd] = imaginary[even]! - turnedImaginary;
          real[even] = real[even]! + turnedReal;
          imaginary[even] = imaginary[even]! + turnedImaginary;
        }
      }
    }
  };
}
