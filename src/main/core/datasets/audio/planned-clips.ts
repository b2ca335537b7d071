import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { PlannedTexts } from '../../../../shared/datasets/text-splits.ts';
import type { StoredAudioDataset } from '../dataset-store.ts';

/** What a plan needs to know of stored clips. */
export async function plannedClips(_folder: string, _dataset: StoredAudioDataset): Promise<PlannedTexts> {
  throw new InnerloopError('wrong-state', 'Clips of sound cannot be imported yet.');
}
