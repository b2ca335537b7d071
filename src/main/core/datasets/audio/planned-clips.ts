import { open } from 'node:fs/promises';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { PlannedTexts } from '../../../../shared/datasets/text-splits.ts';
import { fileError, quoted } from '../../../files/file-error.ts';
import { readExactly } from '../../../files/read-exactly.ts';
import { storedClips } from '../../../files/stored-clips.ts';
import { clipsFile, waveformsFile } from '../dataset-folder.ts';
import type { StoredAudioDataset } from '../dataset-store.ts';
import { firstEquals, waveformDigest } from './survey-clips.ts';

/** What a plan needs to know of stored clips; reads both files once through. */
export async function plannedClips(folder: string, dataset: StoredAudioDataset): Promise<PlannedTexts> {
  const labels: (readonly number[])[] = [];
  for await (const { label } of storedClips(clipsFile(folder, dataset.id))) labels.push([label]);
  if (labels.length !== dataset.examples) {
    throw new InnerloopError(
      'bad-file',
      `The list of the clips of ${quoted(dataset.name)} is damaged: it has ${labels.length} of ${dataset.examples}. Import it again.`,
    );
  }
  const path = waveformsFile(folder, dataset.id);
  const bytes = dataset.audio.layout.samples * Int16Array.BYTES_PER_ELEMENT;
  const handle = await open(path, 'r').catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  try {
    const digests: string[] = [];
    for (let clip = 0; clip < labels.length; clip++) {
      digests.push(waveformDigest(await readExactly(handle, clip * bytes, bytes)));
    }
    return { labels, firstEqual: firstEquals(digests), labelNames: dataset.audio.labels };
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  } finally {
    await handle.close();
  }
}
