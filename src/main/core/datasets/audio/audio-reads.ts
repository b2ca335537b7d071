import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { RequestOf, ResponseOf } from '../../../../shared/contract/requests.ts';
import type { StoredAudioDataset } from '../dataset-store.ts';

/** A page of the clips that fit split, label and search, and how many fit. */
export async function readClips(
  _folder: string,
  _dataset: StoredAudioDataset,
  _request: RequestOf<'datasets.clips'>,
): Promise<ResponseOf<'datasets.clips'>> {
  throw new InnerloopError('wrong-state', 'Clips of sound cannot be imported yet.');
}

/** The stored waveform of one clip. */
export async function readClip(
  _folder: string,
  _dataset: StoredAudioDataset,
  _request: RequestOf<'datasets.clip'>,
): Promise<ResponseOf<'datasets.clip'>> {
  throw new InnerloopError('wrong-state', 'Clips of sound cannot be imported yet.');
}
