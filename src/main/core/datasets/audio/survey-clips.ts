import { createHash } from 'node:crypto';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { StoredClip } from '../../../../shared/datasets/audio.ts';
import type { PlannedTexts } from '../../../../shared/datasets/text-splits.ts';
import { naturalOrder } from '../../../../shared/text/natural-order.ts';
import { quoted } from '../../../files/file-error.ts';

const mostLabels = 1000;

/** A clip that is stored, or will be. */
export interface SurveyedClip {
  readonly file: string;
  readonly label: string;
  readonly split: number | null;
  readonly seconds: number;
  /** Of its waveform: clips with the same one are equal. */
  readonly digest: string;
}

export interface SurveyedClips extends PlannedTexts {
  readonly clips: readonly StoredClip[];
  /** Split codes; empty where folders give none. */
  readonly given: Uint8Array<ArrayBuffer>;
  readonly duplicates: number;
  readonly contradictions: number;
}

/** The digest of a waveform of at least one byte. */
export const waveformDigest = (waveform: Uint8Array): string => createHash('sha256').update(waveform).digest('base64');

/** For each digest the position of the first equal one. */
export function firstEquals(digests: readonly string[]): number[] {
  const firsts = new Map<string, number>();
  return digests.map((digest, at) => {
    const first = firsts.get(digest) ?? at;
    firsts.set(digest, first);
    return first;
  });
}

/** What is known of all clips together. Throws `bad-file` for fewer than two labels or more than 1,000. */
export function surveyClips(found: readonly SurveyedClip[], sourceName: string): SurveyedClips {
  const labelNames = [...new Set(found.map(({ label }) => label))].sort(naturalOrder);
  const [only] = labelNames;
  if (labelNames.length < 2) {
    const has = only === undefined ? 'no clips that can be read' : `clips of one label only, ${quoted(only)}`;
    throw new InnerloopError('bad-file', `${quoted(sourceName)} has ${has}; at least two labels are needed.`);
  }
  if (labelNames.length > mostLabels) {
    const why = `has ${labelNames.length.toLocaleString('en')} folders with clips, and each is a label; at most 1,000 are read`;
    throw new InnerloopError('bad-file', `${quoted(sourceName)} ${why}.`);
  }
  const positions = new Map(labelNames.map((name, position) => [name, position]));
  const clips = found.map(({ file, label, seconds }) => ({ file, label: positions.get(label)!, seconds }));
  const firstEqual = firstEquals(found.map(({ digest }) => digest));
  const again = firstEqual.flatMap((first, at) => (first === at ? [] : [{ first, at }]));
  return {
    clips,
    labels: clips.map(({ label }) => [label]),
    labelNames,
    firstEqual,
    given: Uint8Array.from(found.flatMap(({ split }) => (split === null ? [] : [split]))),
    duplicates: again.length,
    contradictions: again.filter(({ first, at }) => clips[first]!.label !== clips[at]!.label).length,
  };
}
