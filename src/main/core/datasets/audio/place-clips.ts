import type { FileSource, LeftOutFile, SourceFile } from '../../../files/file-source.ts';
import { splitCodeOf } from '../texts/split-words.ts';
import { isLitter, isWav } from './holds-audio.ts';

/** A file with what its folders say of it. */
export interface PlacedClip {
  readonly file: SourceFile;
  readonly label: string;
  /** A position in `splitCodes`; null where folders give no splits. */
  readonly split: number | null;
}

export interface PlacedClips {
  readonly clips: readonly PlacedClip[];
  /** Whether the folders above those of the labels are all called train, test ... */
  readonly givenSplits: 'yes' | 'no';
  readonly leftOut: readonly LeftOutFile[];
}

/** label/clip.wav, at any depth: the innermost folder is the label, and train/label/clip.wav gives the split too. */
export function placeClips(source: FileSource): PlacedClips {
  const leftOut: LeftOutFile[] = [...source.leftOut];
  const placed: (PlacedClip & { readonly above: string | undefined })[] = [];
  for (const file of source.files) {
    if (isLitter(file)) continue;
    const [label, above] = file.path.normalize('NFC').split('/').slice(0, -1).reverse();
    if (label === undefined) leftOut.push({ file: file.path, reason: 'not in a folder of a label' });
    else if (!isWav(file)) leftOut.push({ file: file.path, reason: 'not a .wav file' });
    else placed.push({ file, label, above, split: null });
  }
  const given = placed.length > 0 && placed.every(({ above }) => above && splitCodeOf(above) !== undefined);
  const clips = placed.map(({ above, ...clip }) => (given ? { ...clip, split: splitCodeOf(above!)! } : clip));
  return { clips, givenSplits: given ? 'yes' : 'no', leftOut };
}

/** Labels with how many files stand under each, the most frequent first. */
export function countPlaced(clips: readonly PlacedClip[]): { readonly label: string; readonly examples: number }[] {
  const counts = new Map<string, number>();
  for (const { label } of clips) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, examples]) => ({ label, examples })).sort((a, b) => b.examples - a.examples);
}
