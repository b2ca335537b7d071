import { readFile } from 'node:fs/promises';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import { splitCodes, type TextVersion } from '../../../shared/datasets/text.ts';
import { fileError, quoted } from '../../files/file-error.ts';
import { splitsFile } from './dataset-folder.ts';
import type { DatasetStore, StoredExampleDataset } from './dataset-store.ts';

/** Facts of a dataset's newest version of splits; throws `not-found` where there are none. */
export function newestVersion(store: DatasetStore, { id, name, version }: StoredExampleDataset): TextVersion {
  const facts = store.getTextVersion(id, version);
  if (facts) return facts;
  throw new InnerloopError('not-found', `The dataset ${quoted(name)} has no version ${version}.`);
}

/** Split codes of a version, one an example; throws `bad-file` when the file is not as long as there are examples. */
export async function readSplitCodes(
  folder: string,
  dataset: Pick<StoredExampleDataset, 'id' | 'name' | 'examples'>,
  version: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const path = splitsFile(folder, dataset.id, version);
  const codes = await readFile(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  if (codes.length === dataset.examples && codes.every((code) => code < splitCodes.length))
    return new Uint8Array(codes);
  throw new InnerloopError(
    'bad-file',
    `The splits of the dataset ${quoted(dataset.name)}, version ${version}, are damaged. Split it anew.`,
  );
}
