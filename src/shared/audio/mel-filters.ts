/**
 * Triangular filters that gather the power of frequencies into bands, evenly spaced on the mel scale from 0 Hz to half the
 * rate, of height 1. The scale: mel(f) = 2595 log10(1 + f / 700), as in O'Shaughnessy, "Speech Communication" (1987) and
 * HTK ("The HTK Book" 3.4, section 5.4); torchaudio's `mel_scale="htk"`, `norm=None`.
 */
export interface MelFilter {
  /** The first frequency of the filter, as a position in the spectrum. */
  readonly first: number;
  readonly weights: Float64Array;
}

const melOf = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700);
const hertzOf = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/** One filter for each band over the `length / 2 + 1` frequencies of a transform of that length. */
export function melFilters(rate: number, length: number, bands: number): readonly MelFilter[] {
  const top = melOf(rate / 2);
  const corner = (i: number): number => hertzOf((top * i) / (bands + 1));
  const hertz = (position: number): number => (position * rate) / length;
  return Array.from({ length: bands }, (_, band) => {
    const [low, middle, high] = [corner(band), corner(band + 1), corner(band + 2)];
    const first = Math.floor((low * length) / rate) + 1;
    const last = Math.min(length / 2, Math.ceil((high * length) / rate) - 1);
    const weights = Float64Array.from({ length: Math.max(0, last - first + 1) }, (_unused, i) => {
      const frequency = hertz(first + i);
      return Math.max(0, Math.min((frequency - low) / (middle - low), (high - frequency) / (high - middle)));
    });
    return { first, weights };
  });
}
