import {
  type AudioImport,
  type AudioPreview,
  audioImportSchema,
  longestClipSeconds,
} from '../../../shared/datasets/audio.ts';
import { plainNumber } from '../../app/format.ts';
import { numberWithin } from './import-form.ts';
import {
  type LookedField,
  type LookedForm,
  type LookedKind,
  lookedErrors,
  lookedFormFor,
  openQuestion,
  type ParsedLooked,
  splitPlanOf,
} from './looked-form.ts';

/** What the user says about an import of clips before it starts; texts as typed. */
export interface AudioImportForm extends LookedForm {
  readonly rate: AudioImport['rate'];
  /** `found`: so long that 95 of 100 clips are whole. */
  readonly length: 'found' | 'given';
  readonly seconds: string;
  /** Whether the core has said what it found. */
  readonly looked: 'yes' | 'no';
}

export type AudioImportField = LookedField | 'seconds';

/** As `splits.column` of an import names the folders of a source. */
const folders = 'folder';

export const audioImportFormFor = (name: string): AudioImportForm => ({
  ...lookedFormFor(name),
  rate: 16_000,
  length: 'found',
  seconds: '',
  looked: 'no',
});

const leastSeconds = 0.05;
const secondsOf = (form: AudioImportForm): number | null =>
  form.length === 'found' ? null : numberWithin(form.seconds, leastSeconds, longestClipSeconds, 'any');

export const audioChoicesOf = (form: AudioImportForm): AudioImport => ({ rate: form.rate, seconds: secondsOf(form) });

export function parseAudioImport(form: AudioImportForm, taken: readonly string[]): ParsedLooked<AudioImportField> {
  const errors: Partial<Record<AudioImportField, string>> = lookedErrors(form, taken);
  if (form.length === 'given' && secondsOf(form) === null) {
    errors.seconds = `Allowed: ${leastSeconds} to ${longestClipSeconds} seconds.`;
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    options: {
      name: form.name.trim(),
      as: 'audio',
      size: 28, // of images only
      audio: audioImportSchema.parse(audioChoicesOf(form)),
      splits: splitPlanOf(form),
    },
  };
}

export const withFolderSplits = (splits: 'folders' | 'drawn'): Pick<AudioImportForm, 'splitColumn'> => ({
  splitColumn: splits === 'folders' ? folders : null,
});

export const audioKind: LookedKind<AudioImportForm, AudioImportField, AudioPreview> = {
  fresh: audioImportFormFor,
  withChosen: (form, { chosen, givenSplits }) =>
    form.looked === 'yes'
      ? form
      : {
          ...form,
          ...(chosen ? { rate: chosen.rate } : {}),
          ...withFolderSplits(givenSplits === 'yes' ? 'folders' : 'drawn'),
          looked: 'yes',
        },
  changed: (form, part) => ({ ...form, ...part }),
  question: (form) => ({ ...openQuestion('audio'), audio: audioChoicesOf(form) }),
  parse: parseAudioImport,
};

/** A length as one would type it. */
export const secondsText = (seconds: number): string => plainNumber(Number(seconds.toPrecision(3)));
