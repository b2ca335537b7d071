import {
  type EncodingFacts,
  type TextEncoding,
  type TextEncodingChoice,
  textEncodings,
} from '../../../../shared/datasets/text-encoding.ts';
import type { TextSource } from './text-source.ts';

/** Counts what the files or lines of a source are taken for while it is read once through. */
export interface EncodingCount {
  readonly add: (encoding: TextEncoding) => void;
  facts(): EncodingFacts;
}

export function countEncodings({ format }: TextSource, chosen: TextEncodingChoice): EncodingCount {
  const amounts = new Map<TextEncoding, number>();
  return {
    add: (encoding) => {
      amounts.set(encoding, (amounts.get(encoding) ?? 0) + 1);
    },
    facts: () => ({
      chosen,
      unit: format === 'text-folders' ? 'file' : 'line',
      counts: textEncodings.flatMap((encoding) => {
        const amount = amounts.get(encoding) ?? 0;
        return amount === 0 ? [] : [{ encoding, amount }];
      }),
    }),
  };
}
