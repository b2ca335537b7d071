import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { AudioImport, AudioPreview } from '../../../../shared/datasets/audio.ts';
import type { FileSource } from '../../../files/file-source.ts';

/** What a source of clips holds, by the headers of its files. */
export async function previewAudio(_source: FileSource, _wished: AudioImport | null): Promise<AudioPreview> {
  throw new InnerloopError('wrong-state', 'Clips of sound cannot be imported yet.');
}
