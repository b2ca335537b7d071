import { readWavHeader, type WavHeader } from '../../../../shared/audio/wav.ts';
import type { FileSource, LeftOutFile } from '../../../files/file-source.ts';
import { isAboutOneFile, reasonBeside } from '../left-out.ts';
import type { PlacedClip } from './place-clips.ts';

/** What the header of a file says. */
export interface CheckedClip extends PlacedClip {
  readonly rate: number;
  readonly seconds: number;
}

/** Reads the header of one file, and only where that does not say enough the whole of it. */
export async function checkClip(source: FileSource, clip: PlacedClip): Promise<CheckedClip | LeftOutFile> {
  const leftOut = (reason: string): LeftOutFile => ({ file: clip.file.path, reason });
  let header: WavHeader;
  try {
    header = readWavHeader(await source.readHead(clip.file), null);
    if (header.kind === 'incomplete') {
      const bytes = await source.read(clip.file);
      header = readWavHeader(bytes, bytes.byteLength);
    }
  } catch (thrown) {
    if (!isAboutOneFile(thrown)) throw thrown;
    return leftOut(reasonBeside(clip.file.path, thrown));
  }
  if (header.kind === 'wav') return { ...clip, rate: header.rate, seconds: header.frames / header.rate };
  return leftOut(header.kind === 'unreadable' ? header.reason : 'a WAV file without samples');
}

export const isLeftOut = (checked: object): checked is LeftOutFile => 'reason' in checked;
