import { createFourierTransform } from './fourier.ts';
import { melFilters } from './mel-filters.ts';

/**
 * Log-mel bands of a waveform: for every 10 ms the power of the 25 ms from there, under a Hann window, in bands as an ear
 * tells them apart (mel-filters.ts), as a natural logarithm. Stevens, Volkmann and Newman (1937) measured the scale; Davis
 * and Mermelstein (1980) made it the input of recognizers.
 *
 * Windows are whole: none reaches over the end, and a waveform shorter than one window is followed by silence up to it.
 */
const windowSeconds = 0.025;
const hopSeconds = 0.01;

/** Powers are at least this before the logarithm: a little above the noise of 16-bit samples; silence is ln 1e-6 = -13.8. */
export const logMelFloor = 1e-6;

/** Where windows lie, in samples. */
interface Framing {
  readonly window: number;
  readonly hop: number;
  /** Length of the transform: a power of two of at least two windows, so that the lowest bands have a frequency each. */
  readonly transform: number;
}

function framingOf(rate: number): Framing {
  const window = Math.round(windowSeconds * rate);
  const hop = Math.round(hopSeconds * rate);
  return { window, hop, transform: 2 ** Math.ceil(Math.log2(2 * window)) };
}

/** Windows and bands that `logMel` gives of so many samples: the shape [frames, bands]. */
export function logMelShape(samples: number, rate: number, bands: number): readonly [frames: number, bands: number] {
  const { window, hop } = framingOf(rate);
  return [1 + Math.max(0, Math.floor((samples - window) / hop)), bands];
}

/** Values -1 to 1, or signed whole numbers of 16 bits, as datasets store them. */
export type Waveform = Float32Array | Int16Array;

export type LogMel = (samples: Waveform) => Float32Array<ArrayBuffer>;

/** Makes log-mel bands of many waveforms of one rate: [samples] to [frames, bands]. */
export function createLogMel(rate: number, bands: number): LogMel {
  const { window, hop, transform } = framingOf(rate);
  const filters = melFilters(rate, transform, bands);
  const fourier = createFourierTransform(transform);
  const hann = Float64Array.from({ length: window }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / window));
  const [real, imaginary] = [new Float64Array(transform), new Float64Array(transform)];
  const fill = (part: Float64Array, samples: Waveform, start: number, scale: number): void => {
    part.fill(0);
    const end = Math.min(window, samples.length - start);
    for (let i = 0; i < end; i++) part[i] = hann[i]! * samples[start + i]! * scale;
  };
  return (samples) => {
    const scale = samples instanceof Int16Array ? 1 / 0x8000 : 1;
    const [frames] = logMelShape(samples.length, rate, bands);
    const features = new Float32Array(frames * bands);
    const powers = [new Float64Array(transform / 2 + 1), new Float64Array(transform / 2 + 1)] as const;
    for (let frame = 0; frame < frames; frame += 2) {
      fill(real, samples, frame * hop, scale);
      fill(imaginary, samples, (frame + 1) * hop, scale); // two windows for one transform
      fourier(real, imaginary);
      powersOfBoth(real, imaginary, powers);
      gather(powers[0], filters, features.subarray(frame * bands, (frame + 1) * bands));
      if (frame + 1 < frames) gather(powers[1], filters, features.subarray((frame + 1) * bands, (frame + 2) * bands));
    }
    return features;
  };
}

/** Log-mel bands of one waveform, [frames, bands]; for many, `createLogMel` makes its tables once. */
export const logMel = (samples: Waveform, rate: number, bands: number): Float32Array<ArrayBuffer> =>
  createLogMel(rate, bands)(samples);

/**
 * The squared sizes of two spectra that were transformed as one, the first window in the real part: with Z of the sum,
 * A[k] = (Z[k] + conj Z[N - k]) / 2 and B[k] = (Z[k] - conj Z[N - k]) / 2i.
 */
function powersOfBoth(
  real: Float64Array,
  imaginary: Float64Array,
  [first, second]: readonly [Float64Array, Float64Array],
): void {
  const length = real.length;
  for (let k = 0; k < first.length; k++) {
    const mirror = k === 0 ? 0 : length - k;
    const [re, im, mirroredRe, mirroredIm] = [real[k]!, imaginary[k]!, real[mirror]!, imaginary[mirror]!];
    first[k] = ((re + mirroredRe) ** 2 + (im - mirroredIm) ** 2) / 4;
    second[k] = ((im + mirroredIm) ** 2 + (re - mirroredRe) ** 2) / 4;
  }
}

function gather(power: Float64Array, filters: ReturnType<typeof melFilters>, features: Float32Array): void {
  filters.forEach(({ first, weights }, band) => {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]! * power[first + i]!;
    features[band] = Math.log(Math.max(logMelFloor, sum));
  });
}
