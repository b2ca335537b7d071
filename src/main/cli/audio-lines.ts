import type { AudioDetail } from '../../shared/datasets/audio.ts';
import { count } from '../../shared/text/number-words.ts';
import { labelLines } from './text-lines.ts';

/** What a terminal shows of a dataset of clips: how they are stored, lengths of the files, equal clips, labels. */
export function audioLines(detail: AudioDetail, labels: 'all' | 'some'): string[] {
  const { layout, seconds, cut, filled, duplicates, contradictions, version } = detail;
  const { least, median, p95, most } = seconds;
  const equal = contradictions === 0 ? '' : `, ${count(contradictions)} of them with another label`;
  return [
    `  clips       ${secondsWords(layout.samples / layout.rate)} each, ${count(layout.rate)} samples a second`,
    `  files       median ${secondsWords(median)}, 95 of 100 at most ${secondsWords(p95)}; ${secondsWords(least)} to ${secondsWords(most)}`,
    `  cut         ${count(cut)}; followed by silence: ${count(filled)}`,
    `  splits      ${version.origin}`,
    ...(duplicates === 0 ? [] : [`  equal       ${clips(duplicates)} there again${equal}`]),
    ...(version.shared === 0 ? [] : [`  warning     ${clips(version.shared)} in more than one split`]),
    '',
    ...labelLines(detail, labels),
  ];
}

/** "1 clip is", "3 clips are". */
const clips = (amount: number): string => (amount === 1 ? '1 clip is' : `${count(amount)} clips are`);

const secondsWords = (seconds: number): string => `${Number(seconds.toFixed(3))} s`;
