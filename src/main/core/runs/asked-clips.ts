import { createResampler } from '../../../shared/audio/resample.ts';
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
    return { rate: layout.rate, seconds, samples: brought(decoded.samples, decoded.rate, layout) };
  });
  return { heard, notes };
}

function noteOf(name: string, seconds: number, rate: number, layout: AudioLayout): string | null {
  const length = layout.samples / layout.rate;
  const changes = [
    ...(rate === layout.rate ? [] : [`brought from ${rate} to ${layout.rate} samples a second`]),
    ...(seconds > length + 0.5 / layout.rate ? [`cut from ${words(seconds)} to ${words(length)}`] : []),
    ...(seconds < length - 0.5 / layout.rate ? [`followed by silence from ${words(seconds)} to ${words(length)}`] : []),
  ];
  return changes.length === 0 ? null : `"${name}" was ${changes.join(' and ')}, as the clips of the dataset were.`;
}

function brought(samples: Float32Array, rate: number, layout: AudioLayout): Int16Array<ArrayBuffer> {
  const resampled = rate === layout.rate ? samples : createResampler(rate, layout.rate)(samples, layout.samples);
  const stored = new Int16Array(layout.samples);
  const whole = Math.min(resampled.length, layout.samples);
  for (let at = 0; at < whole; at++) {
    stored[at] = Math.max(-32_768, Math.min(32_767, Math.round(resampled[at]! * 32_768)));
  }
  return stored;
}

const words = (seconds: number): string => `${Number(seconds.toFixed(2))} s`;
