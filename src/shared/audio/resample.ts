/**
 * Brings samples to another rate by band-limited interpolation: a sinc cut to a Kaiser window, one filter for each place
 * that a new sample can have between two old ones. Julius O. Smith, "Digital Audio Resampling" (2002-),
 * https://ccrma.stanford.edu/~jos/resample/. Zero crossings, cutoff and window as `kaiser_best` of resampy 0.4.
 */
const zeroCrossings = 64; // of the sinc, to either side
/** Of the lower rate's half: what is above falls away within the rest, and leaves no trace where it folds back. */
const cutoff = 0.947_593_716_739_959_6;
const kaiserBeta = 14.769_656_459_379_492;

/** Filters kept at once; odd pairs of rates have so many that each is made when it is needed. */
const mostKeptTaps = 1 << 22;

/** A resampler makes `length` new samples, as many as last equally long where that is not given. */
export type Resampler = (samples: Float32Array, length?: number) => Float32Array;

/** How many samples last as long as `samples` at another rate, rounded up. */
export const resampledLength = (samples: number, from: number, to: number): number => Math.ceil((samples * to) / from);

/** Samples at `from` a second to samples at `to` a second, both whole and positive; new sample 0 lies on old sample 0. */
export function createResampler(from: number, to: number): Resampler {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from > 0 && to > 0)) {
    throw new Error(`Rates are whole numbers above zero, not ${from} and ${to}.`);
  }
  if (from === to) return (samples, length = samples.length) => resized(samples, length);
  const divisor = greatestCommonDivisor(from, to);
  const [down, up] = [from / divisor, to / divisor];
  const filterAt = createFilters(down, up);
  return (samples, length = resampledLength(samples.length, down, up)) => {
    const resampled = new Float32Array(length);
    for (let i = 0; i < length; i++) {
      const place = i * down; // in parts of 1 / up of an old sample
      const [old, phase] = [Math.floor(place / up), place % up];
      const { first, taps } = filterAt(phase);
      const start = Math.max(0, -(old + first));
      const end = Math.min(taps.length, samples.length - (old + first));
      let sum = 0;
      for (let tap = start; tap < end; tap++) sum += taps[tap]! * samples[old + first + tap]!;
      resampled[i] = sum;
    }
    return resampled;
  };
}

interface Filter {
  /** The old sample of the first tap, counted from the one at or before the new sample. */
  readonly first: number;
  readonly taps: Float64Array;
}

/** The filter for a new sample that lies `phase / up` behind an old one. */
function createFilters(down: number, up: number): (phase: number) => Filter {
  const band = cutoff * Math.min(1, up / down); // of the old rate's half
  const reach = Math.round((zeroCrossings * up) / band); // half the filter, in parts of 1 / up of an old sample
  const make = (phase: number): Filter => {
    const [first, last] = [Math.ceil((phase - reach) / up), Math.floor((phase + reach) / up)];
    const taps = Float64Array.from({ length: last - first + 1 }, (_, tap) => {
      const away = (first + tap) * up - phase;
      return band * sinc((band * away) / up) * kaiser(away / reach);
    });
    return { first, taps };
  };
  if (2 * reach > mostKeptTaps) return make; // 2 * reach taps in all phases together
  const made: Filter[] = [];
  return (phase) => (made[phase] ??= make(phase));
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** The window's height at -1 to 1 of its half. */
const kaiser = (place: number): number => besselI0(kaiserBeta * Math.sqrt(Math.max(0, 1 - place * place))) / kaiserTop;

/** The modified Bessel function of order zero by its power series, to the precision of a double. */
function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * Number.EPSILON; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const kaiserTop = besselI0(kaiserBeta);

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function resized(samples: Float32Array, length: number): Float32Array {
  const same = new Float32Array(length);
  same.set(samples.subarray(0, length));
  return same;
}
