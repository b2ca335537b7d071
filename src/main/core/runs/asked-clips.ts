import { createStoreWaveform, lengthChange } from '../../../shared/audio/stored-waveform.ts';
import { decodeWav } from '../../../shared/audio/wav.ts';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { AudioLayout } from '../../../shared/datasets/audio.ts';
import { type AskedClip, type HeardClip, longestAskedSeconds } from '../../../shared/runs/prediction.ts';

export interface HeardClips {
  readonly heard: readonly HeardClip[];
  /** Which were cut, filled up or brought to another rate, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * New clips as a dataset of this layout stores its own: one channel at its rate, cut at their end or followed by
 * silence. `bad-file` names a file that is no WAV file or has no sound, `too-large` one that is over a minute long.
 */
export function heardClips(clips: readonly AskedClip[], layout: AudioLayout): HeardClips {
  const notes: string[] = [];
  const store = createStoreWaveform(layout);
  const heard = clips.map(({ name, bytes }): HeardClip => {
    const decoded = decodeWav(bytes);
    if (decoded.kind === 'unreadable') throw new InnerloopError('bad-file', `"${name}" is ${decoded.reason}.`);
    const seconds = decoded.samples.length / decoded.rate;
    if (seconds === 0) throw new InnerloopError('bad-file', `"${name}" has no samples: there is nothing to hear.`);
    if (seconds > longestAskedSeconds) {
      const message = `"${name}" lasts ${words(seconds)}; a clip may last ${longestAskedSeconds} s.`;
      throw new InnerloopError('too-large', message);
    }
    const note = noteOf(name, seconds, decoded.rate, layout);
    if (note !== null) notes.push(note);
    return { rate: layout.rate, seconds, samples: store(decoded.samples, decoded.rate) };
  });
  return { heard, notes };
}

function noteOf(name: string, seconds: number, rate: number, layout: AudioLayout): string | null {
  const length = layout.samples / layout.rate;
  const change = lengthChange(seconds, layout);
  const changes = [
    ...(rate === layout.rate ? [] : [`brought from ${rate} to ${layout.rate} samples a second`]),
    ...(change === 'cut' ? [`cut from ${words(seconds)} to ${words(length)}`] : []),
    ...(change === 'filled' ? [`followed by silence from ${words(seconds)} to ${words(length)}`] : []),
  ];
  return changes.length === 0 ? null : `"${name}" was ${changes.join(' and ')}, as the clips of the dataset were.`;
}

const words = (seconds: number): string => `${Number(seconds.toFixed(2))} s`;
