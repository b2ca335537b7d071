import type { EncoderConfig } from '../encoder/encoder-config.ts';
import type { TextTokenizer } from '../encoder/tokenizer.ts';

/** Labelled texts and the encoder that is fine-tuned on them. */
export interface TextSource {
  readonly kind: 'text-classes';
  /** Entry i of each list is of example i. */
  readonly texts: readonly string[];
  /** Second texts; null where an example has none. */
  readonly pairs: readonly (string | null)[];
  /** Positions in `labelNames`; exactly one for `single`. */
  readonly labels: readonly (readonly number[])[];
  readonly labelNames: readonly string[];
  readonly labelMode: 'single' | 'multi';
  /** One byte an example: 0 train, 1 validation, 2 test, 3 unused. */
  readonly splits: Uint8Array;
  readonly encoder: TextEncoderStart;
}

export interface TextEncoderStart {
  readonly config: EncoderConfig;
  readonly tokenizer: TextTokenizer;
  /** The vocabulary of an encoder that starts from nothing. */
  readonly vocabTxt?: string;
  /**
   * Pretrained weights by their names without the family's prefix, which may be read from a file each time that they
   * are asked for; null: all start as random numbers.
   */
  readonly tensors: { get(name: string): PretrainedTensor | undefined } | null;
}

export interface PretrainedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}
