import { open } from 'node:fs/promises';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../../shared/contract/requests.ts';
import type { ShownClip } from '../../../../shared/datasets/audio.ts';
import { splitCodes } from '../../../../shared/datasets/text.ts';
import { fileError, quoted } from '../../../files/file-error.ts';
import { readExactly } from '../../../files/read-exactly.ts';
import { storedClips } from '../../../files/stored-clips.ts';
import { clipsFile, waveformsFile } from '../dataset-folder.ts';
import type { StoredAudioDataset } from '../dataset-store.ts';
import { readSplitCodes } from '../example-versions.ts';

/** A page of the clips that fit split, label and search, and how many fit; the list is read once through. */
export async function readClips(
  folder: string,
  dataset: StoredAudioDataset,
  request: RequestOf<'datasets.clips'>,
): Promise<ResponseOf<'datasets.clips'>> {
  const { split, label, offset, limit } = request;
  const codes = await readSplitCodes(folder, dataset, dataset.version);
  const wanted = request.search.trim().toLowerCase();
  const clips: ShownClip[] = [];
  let total = 0;
  let index = 0;
  for await (const clip of storedClips(clipsFile(folder, dataset.id))) {
    const itsSplit = splitCodes[codes[index] ?? 3]!;
    const fits = (split === null || itsSplit === split) && (label === null || clip.label === label);
    if (fits && clip.file.toLowerCase().includes(wanted)) {
      if (total >= offset && clips.length < limit) clips.push({ ...clip, index, split: itsSplit });
      total += 1;
    }
    index += 1;
  }
  return { total, clips };
}

/** The stored waveform of one clip. */
export async function readClip(
  folder: string,
  { id, name, examples, audio: { layout } }: StoredAudioDataset,
  { index }: RequestOf<'datasets.clip'>,
): Promise<ResponseOf<'datasets.clip'>> {
  if (index >= examples) {
    const has = `${quoted(name)} has ${examples.toLocaleString('en')} clips`;
    throw new InnerloopError('invalid-request', `${has}, numbered from 0; there is no number ${index}.`);
  }
  const path = waveformsFile(folder, id);
  const bytes = layout.samples * Int16Array.BYTES_PER_ELEMENT;
  const handle = await open(path, 'r').catch((thrown: unknown) => {
    throw fileError(thrown, path, 'read');
  });
  try {
    const waveform = await readExactly(handle, index * bytes, bytes);
    return { rate: layout.rate, samples: new Int16Array(waveform.buffer) };
  } catch (thrown) {
    throw fileError(thrown, path, 'read');
  } finally {
    await handle.close();
  }
}
