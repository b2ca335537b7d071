import { z } from 'zod';
import { lengthHistogramSchema, splitCodes, textVersionSchema } from './text.ts';

/**
 * A dataset of labelled audio clips (or other signals of one channel). In the dataset's folder, all of it written once:
 *
 * - `waveforms.i16`: [clips, samples], signed 16-bit little-endian, one channel, all at one rate and of one length:
 *   longer clips are cut at their end, shorter ones followed by silence. Its SHA-256 is the dataset's digest.
 * - `clips.jsonl`: one JSON object a line, see `storedClipSchema`.
 * - `splits-v<version>.u8`: as of texts (text.ts).
 * - `manifest.json`: see `audioManifestSchema`.
 *
 * What a network is given of a waveform (log-mel bands, or the waveform itself) is a field of the run.
 */

/** How every clip of a dataset is stored. */
export const audioLayoutSchema = z.object({
  /** Samples in a second. */
  rate: z.number(),
  /** Samples of a clip. */
  samples: z.number(),
});
export type AudioLayout = z.infer<typeof audioLayoutSchema>;

export const storedClipSchema = z.object({
  /** Path inside the source. */
  file: z.string(),
  /** Position in the label list. */
  label: z.number().int().min(0),
  /** Of the file, before it was cut or filled up. */
  seconds: z.number(),
});
export type StoredClip = z.infer<typeof storedClipSchema>;

/** Facts of the clips, which no version changes. */
export const audioFactsSchema = z.object({
  labels: z.array(z.string()),
  /** `folder` where the source's folders gave splits; null where they were drawn. */
  splitColumn: z.string().nullable(),
  layout: audioLayoutSchema,
  /** Lengths of the files. */
  seconds: lengthHistogramSchema,
  /** Clips that were cut at their end, and that were filled up with silence. */
  cut: z.number(),
  filled: z.number(),
  /** Clips whose stored waveform an earlier clip has already; they are kept. */
  duplicates: z.number(),
  /** Clips whose stored waveform an earlier clip has with another label. */
  contradictions: z.number(),
  /** SHA-256 over clips.jsonl, which has the labels; hexadecimal. */
  clipsSha256: z.string(),
});
export type AudioFacts = z.infer<typeof audioFactsSchema>;

/** `manifest.json` beside `waveforms.i16`. */
export const audioManifestSchema = audioFactsSchema.pick({ labels: true, layout: true, clipsSha256: true }).extend({
  format: z.literal(1),
  kind: z.literal('audio-classes'),
  clips: z.number(),
  /** SHA-256 over waveforms.i16, hexadecimal. */
  sha256: z.string(),
});
export type AudioManifest = z.infer<typeof audioManifestSchema>;

/** All that is known of a dataset of clips at its newest version, the clips apart. */
export const audioDetailSchema = audioFactsSchema.extend({ version: textVersionSchema });
export type AudioDetail = z.infer<typeof audioDetailSchema>;

export const audioRates = [8000, 16_000, 22_050, 44_100] as const;
export const longestClipSeconds = 60;
/** Without a choice, clips are at most so long. */
export const longestGuessedSeconds = 10;
/** Waveforms of a dataset together; more are not imported. */
export const mostWaveformBytes = 20_000_000_000;

/** How to read clips. */
export const audioImportSchema = z.object({
  rate: z.union([z.literal(8000), z.literal(16_000), z.literal(22_050), z.literal(44_100)]),
  /** Length that every clip is brought to; null: so long that 95 of 100 files are whole, and at most 10 s. */
  seconds: z.number().min(0.05).max(longestClipSeconds).nullable(),
});
export type AudioImport = z.infer<typeof audioImportSchema>;

export const defaultAudioImport: AudioImport = { rate: 16_000, seconds: null };

/** What a source of clips holds, by the headers of its files, before anything is imported. */
export const audioPreviewSchema = z.object({
  /** Files that an import would read. */
  clips: z.number(),
  labels: z.array(z.object({ label: z.string(), examples: z.number() })),
  /** Labels in all; `labels` has the 50 most frequent. */
  labelsTotal: z.number(),
  /** Of the files whose header was read. */
  seconds: lengthHistogramSchema.nullable(),
  /** Rates of those files, the most frequent first. */
  rates: z.array(z.object({ rate: z.number(), files: z.number() })),
  /** `no`: the headers of some files only were read. */
  complete: z.enum(['yes', 'no']),
  /** With the seconds that an import would take. */
  chosen: audioImportSchema.extend({ seconds: z.number() }).nullable(),
  /** Whether the source's folders give splits. */
  givenSplits: z.enum(['yes', 'no']),
  problem: z.string().nullable(),
});
export type AudioPreview = z.infer<typeof audioPreviewSchema>;

/** One clip as a page of them shows it; its waveform is asked for by itself. */
export const shownClipSchema = storedClipSchema.extend({ index: z.number(), split: z.enum(splitCodes) });
export type ShownClip = z.infer<typeof shownClipSchema>;
