import { createStoreWaveform, lengthChange } from '../../../../shared/audio/stored-waveform.ts';
import { decodeWav } from '../../../../shared/audio/wav.ts';
import type { AudioLayout } from '../../../../shared/datasets/audio.ts';
import { type WrittenFile, writeAtomically } from '../../../files/atomic-write.ts';
import type { FileSource, LeftOutFile } from '../../../files/file-source.ts';
import type { ImportProgress } from '../import-progress.ts';
import { isAboutOneFile, reasonBeside } from '../left-out.ts';
import { mapInOrder } from '../map-in-order.ts';
import { isLeftOut } from './check-clip.ts';
import type { PlacedClip } from './place-clips.ts';
import { type SurveyedClip, waveformDigest } from './survey-clips.ts';

/** Files that are read side by side; each can have 64 MB. */
const width = 4;

interface Conversion {
  readonly source: FileSource;
  readonly layout: AudioLayout;
  readonly progress: ImportProgress;
  readonly signal: AbortSignal;
}

export interface ConvertedClips {
  readonly clips: readonly SurveyedClip[];
  readonly cut: number;
  readonly filled: number;
  /** Clips without any sound. */
  readonly silent: number;
  readonly written: WrittenFile;
}

/** Decodes every clip into `waveforms.i16`, in order; one that cannot be read after all is left out with its reason. */
export async function convertClips(
  path: string,
  placed: readonly PlacedClip[],
  { source, layout, progress, signal }: Conversion,
): Promise<ConvertedClips> {
  const store = createStoreWaveform(layout);
  const clips: SurveyedClip[] = [];
  const changes = { cut: 0, filled: 0, none: 0 };
  let [done, silent] = [0, 0];
  progress.stage('converting', placed.length);
  const written = await writeAtomically(path, async (file) => {
    for await (const decoded of mapInOrder(placed, width, (clip) => decode(source, clip, signal))) {
      signal.throwIfAborted();
      done += 1;
      progress.done(done);
      if (isLeftOut(decoded)) {
        progress.leaveOut([decoded]);
        continue;
      }
      const { clip, samples, rate } = decoded;
      const waveform = store(samples, rate);
      const bytes = new Uint8Array(waveform.buffer);
      const seconds = samples.length / rate;
      clips.push({
        file: clip.file.path,
        label: clip.label,
        split: clip.split,
        seconds,
        digest: waveformDigest(bytes),
      });
      changes[lengthChange(seconds, layout)] += 1;
      if (waveform.every((sample) => sample === 0)) silent += 1;
      await file.append(bytes);
    }
  });
  return { clips, cut: changes.cut, filled: changes.filled, silent, written };
}

interface Decoded {
  readonly clip: PlacedClip;
  readonly samples: Float32Array;
  readonly rate: number;
}

async function decode(source: FileSource, clip: PlacedClip, signal: AbortSignal): Promise<Decoded | LeftOutFile> {
  signal.throwIfAborted();
  const { file } = clip;
  try {
    const decoded = decodeWav(await source.read(file));
    if (decoded.kind === 'unreadable') return { file: file.path, reason: decoded.reason };
    return { clip, samples: decoded.samples, rate: decoded.rate };
  } catch (thrown) {
    if (!isAboutOneFile(thrown)) throw thrown;
    return { file: file.path, reason: reasonBeside(file.path, thrown) };
  }
}
