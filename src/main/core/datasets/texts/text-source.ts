import type { TextPreview } from '../../../../shared/datasets/text.ts';
import type { TextEncoding, TextEncodingChoice } from '../../../../shared/datasets/text-encoding.ts';
import type { LeftOutFile } from '../../../files/file-source.ts';
import type { LineOptions } from '../../../files/text-lines.ts';

/** A field as its source gives it: text, a list (JSON only), or nothing. */
export type Cell = string | readonly string[] | null;

export interface TextRow {
  /** The beginning of a sentence: '"mails.csv", line 12,' or '"ham/0001.txt"'. */
  readonly where: string;
  /** Of folders, the file; it is left out where it is no example. */
  readonly file?: string;
  /** One for each column; a short row ends in nulls. */
  readonly cells: readonly Cell[];
}

/** A table of texts, read row by row as often as wanted. Siblings behind this interface; open-text-source.ts picks one. */
export interface TextSource {
  readonly format: TextPreview['format'];
  /** Name of the file, archive or folder, without its path. */
  readonly name: string;
  /** "CSV": what a dataset's source line says. */
  readonly label: string;
  readonly columns: readonly string[];
  /** What `onProgress` counts up to: bytes of a table, files of folders. */
  readonly total: number;
  /** Of folders, how many files stand under each label, by their paths alone. */
  readonly labelCounts?: readonly { readonly label: string; readonly examples: number }[];
  /** Files that are no texts by their names. */
  readonly leftOut: readonly LeftOutFile[];
  rows(options: RowOptions): AsyncIterable<TextRow>;
  close(): Promise<void>;
}

export interface RowOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Of folders, only every so-many-th file: a sample of all labels. */
  readonly every?: number | undefined;
  /** Hears of each file of folders, or line of a table, what it was taken for. */
  readonly onDecoded?: ((encoding: TextEncoding) => void) | undefined;
  /** Hears of files of folders that cannot be read; of a table, such a line ends everything. */
  readonly onLeftOut?: ((file: LeftOutFile) => void) | undefined;
}

/** What reading lines is given of these. */
export const lineOptions = (
  { signal, onProgress, onDecoded }: RowOptions,
  encoding: TextEncodingChoice,
): LineOptions => ({
  encoding,
  ...(signal ? { signal } : {}),
  ...(onProgress ? { onBytes: onProgress } : {}),
  ...(onDecoded ? { onDecoded } : {}),
});
