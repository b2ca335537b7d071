import { createRandom } from '../../../shared/random/random.ts';
import type { TokenizedText } from '../encoder/tokenizer.ts';

/** Lengths that batches are padded to; each is a graph of its own. */
const LENGTHS = [16, 32, 64, 96, 128, 192, 256, 384, 512] as const;

/** The shortest length that holds so many tokens; never above `maxLength`. */
export const paddedLength = (tokens: number, maxLength: number): number =>
  Math.min(maxLength, LENGTHS.find((length) => length >= tokens) ?? maxLength);

/** Every length that texts of at most `maxLength` tokens can be padded to. */
export const paddedLengths = (maxLength: number): readonly number[] => [
  ...LENGTHS.filter((length) => length < maxLength),
  maxLength,
];

/** Batches that are sorted by length together, so that texts of a batch are about equally long. */
const BATCHES_SORTED_TOGETHER = 50;

/**
 * The batches of an epoch (from 0): all examples in an order of its own, texts of like length together and the batches
 * shuffled again. A function of seed and epoch alone, so that a run goes on in the middle of one.
 */
export function epochBatches(
  examples: readonly number[],
  lengths: readonly number[],
  { seed, batch, epoch }: { readonly seed: number; readonly batch: number; readonly epoch: number },
): readonly (readonly number[])[] {
  const random = createRandom(seed, 'fine-tune-order').stream(`epoch-${epoch}`);
  const order = random.shuffle([...examples]);
  const batches: number[][] = [];
  const span = batch * BATCHES_SORTED_TOGETHER;
  for (let first = 0; first < order.length; first += span) {
    const sorted = order.slice(first, first + span).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
    for (let start = 0; start < sorted.length; start += batch) batches.push(sorted.slice(start, start + batch));
  }
  return random.shuffle(batches);
}

/** Batches for predictions: by falling length, so that padding is least. */
export function batchesByLength(
  examples: readonly number[],
  lengths: readonly number[],
  batch: number,
): readonly (readonly number[])[] {
  const sorted = [...examples].sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  return Array.from({ length: Math.ceil(sorted.length / batch) }, (_, i) => sorted.slice(i * batch, (i + 1) * batch));
}

/** Host values of an EncoderBatch: ids and types int32 [rows, length], mask float32 [rows, length]. */
export type TextFeeds = readonly [ids: Int32Array, mask: Float32Array, types: Int32Array];

/** Rows beyond the texts hold one padding token that counts, so that their softmax is defined. */
export function textFeeds(
  texts: readonly TokenizedText[],
  { rows, length, padId }: { readonly rows: number; readonly length: number; readonly padId: number },
): TextFeeds {
  const ids = new Int32Array(rows * length).fill(padId);
  const mask = new Float32Array(rows * length);
  const types = new Int32Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const text = texts[row];
    if (!text) {
      mask[row * length] = 1;
      continue;
    }
    ids.set(text.ids, row * length);
    types.set(text.types, row * length);
    mask.fill(1, row * length, row * length + text.ids.length);
  }
  return [ids, mask, types];
}
