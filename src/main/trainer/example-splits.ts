import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import type { TrainerDataset } from '../../shared/contract/trainer.ts';
import { fileError } from '../files/file-error.ts';

type SplitByExample = Exclude<TrainerDataset, { readonly kind: 'image-classes' }>;

const nouns = { 'text-classes': 'texts', 'table-classes': 'rows', 'audio-classes': 'clips' } as const;

/** The split code of each of so many examples; throws `bad-file` where the file is of another number of them. */
export async function readSplits(
  { kind, splitsFile, name }: Pick<SplitByExample, 'kind' | 'splitsFile' | 'name'>,
  examples: number,
): Promise<Uint8Array> {
  const splits = await readFile(splitsFile).catch((thrown: unknown) => {
    throw fileError(thrown, splitsFile, 'read');
  });
  if (splits.length === examples) return splits;
  throw new InnerloopError(
    'bad-file',
    `The splits of dataset "${name}" (${basename(splitsFile)}) are of ${splits.length} ${nouns[kind]} and should be of ` +
      `${examples}: the file was changed. Import the dataset again.`,
  );
}
