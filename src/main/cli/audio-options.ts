import { type AudioImport, audioRates, defaultAudioImport, longestClipSeconds } from '../../shared/datasets/audio.ts';
import { type Given, type OptionSpec, UsageError } from './command.ts';

/** Options of `datasets import` that only clips of sound have. */
export const audioOptions: readonly OptionSpec[] = [
  {
    name: 'rate',
    value: 'N',
    help: `clips: samples a second that every clip is brought to: ${audioRates.join(', ')} (default ${defaultAudioImport.rate})`,
    choices: audioRates.map(String),
  },
  {
    name: 'seconds',
    value: 'S',
    help: 'clips: length that every clip is cut or filled up to (default: so that 95 of 100 are whole, at most 10)',
  },
];

const shortestClipSeconds = 0.05;

/** The choices for clips; null where none of the options was given. */
export function audioImportOf(given: Given): AudioImport | null {
  if (!audioOptions.some(({ name }) => given.has(name))) return null;
  const rate = audioRates.find((each) => String(each) === given.text('rate')) ?? defaultAudioImport.rate;
  return { rate, seconds: secondsOf(given.text('seconds')) };
}

function secondsOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= shortestClipSeconds && seconds <= longestClipSeconds) return seconds;
  throw new UsageError(
    `--seconds is "${text}"; allowed: a number from ${shortestClipSeconds} to ${longestClipSeconds}.`,
    'For example: --seconds 1',
  );
}
