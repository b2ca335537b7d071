import { type AudioImport, type AudioPreview, defaultAudioImport } from '../../../../shared/datasets/audio.ts';
import type { FileSource } from '../../../files/file-source.ts';
import { mapInOrder } from '../map-in-order.ts';
import { type CheckedClip, checkClip, isLeftOut } from './check-clip.ts';
import { chooseSeconds, secondsHistogram } from './choose-layout.ts';
import { countPlaced, placeClips } from './place-clips.ts';

/** Files whose headers are read, spread over all. */
const filesRead = 1000;
const labelsShown = 50;

/** What a source of clips holds, by the headers of its files; `wished` null: all found out. */
export async function previewAudio(source: FileSource, wished: AudioImport | null): Promise<AudioPreview> {
  const choices = wished ?? defaultAudioImport;
  const { clips, givenSplits } = placeClips(source);
  const every = Math.max(1, Math.ceil(clips.length / filesRead));
  const looked = clips.filter((_, at) => at % every === 0);
  const read: CheckedClip[] = [];
  let reason: string | null = null;
  for await (const checked of mapInOrder(looked, 8, (clip) => checkClip(source, clip))) {
    if (isLeftOut(checked)) reason ??= `"${checked.file}": ${checked.reason}`;
    else read.push(checked);
  }
  const labels = countPlaced(clips);
  const seconds = read.length === 0 ? null : secondsHistogram(read.map((clip) => clip.seconds));
  return {
    clips: clips.length,
    labels: labels.slice(0, labelsShown),
    labelsTotal: labels.length,
    seconds,
    rates: countRates(read),
    complete: every === 1 ? 'yes' : 'no',
    chosen: seconds === null ? null : { ...choices, seconds: chooseSeconds(choices, seconds) },
    givenSplits,
    problem: problemOf(clips.length, read.length, labels, reason),
  };
}

function countRates(read: readonly CheckedClip[]): AudioPreview['rates'] {
  const counts = new Map<number, number>();
  for (const { rate } of read) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  return [...counts].map(([rate, files]) => ({ rate, files })).sort((a, b) => b.files - a.files);
}

function problemOf(clips: number, read: number, labels: AudioPreview['labels'], reason: string | null): string | null {
  if (clips === 0) return 'There are no .wav files in folders: expected label/clip.wav or train/label/clip.wav.';
  if (read === 0) return `None of the .wav files can be read. ${reason}.`;
  if (labels.length < 2) return 'There is one label only; at least two are needed.';
  return labels.length > 1000 ? 'There are more than 1,000 folders with clips, and each is a label.' : null;
}
