import { join } from 'node:path';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import {
  type AudioFacts,
  type AudioImport,
  type AudioLayout,
  defaultAudioImport,
  mostWaveformBytes,
} from '../../../../shared/datasets/audio.ts';
import type { AnySplitPlan } from '../../../../shared/datasets/dataset.ts';
import type { TextSplitPlan } from '../../../../shared/datasets/text.ts';
import { writeFileAtomically } from '../../../files/atomic-write.ts';
import { quoted, shownBytes } from '../../../files/file-error.ts';
import type { FileSource } from '../../../files/file-source.ts';
import { addExamples } from '../add-dataset.ts';
import { abandonAdding, clipsName, splitsName, startAdding, waveformsName } from '../dataset-folder.ts';
import type { ImportOrder, ImportSurroundings } from '../import-order.ts';
import { mapInOrder } from '../map-in-order.ts';
import { examplePlan, planExamples } from '../plan-examples.ts';
import { requireSpace } from '../require-space.ts';
import { type CheckedClip, checkClip, isLeftOut } from './check-clip.ts';
import { chooseSeconds, layoutOf, secondsHistogram } from './choose-layout.ts';
import { type ConvertedClips, convertClips } from './convert-clips.ts';
import { type PlacedClips, placeClips } from './place-clips.ts';
import { type SurveyedClips, surveyClips } from './survey-clips.ts';

/** What a split column is called where folders give the splits. */
export const splitFolder = 'folder';

/**
 * Imports clips in two readings: the first looks at every header, the second decodes. A file that cannot be read is left
 * out with its reason. Nothing is added until everything is done. Throws `bad-file`, `too-large`, `no-space`, and what
 * the store throws.
 */
export async function importAudio(order: ImportOrder, source: FileSource, around: ImportSurroundings): Promise<void> {
  const { progress, signal } = around;
  progress.note({ kind: 'audio-classes' });
  const choices = order.request.audio ?? defaultAudioImport;
  const placed = placeClips(source);
  progress.leaveOut(placed.leftOut);
  const plan = planFor(order.request.splits, placed, source.name);
  const splitColumn = plan.kind === 'given' ? splitFolder : null;
  const checked = await checkClips(source, placed, around);
  const layout = layoutFor(checked, choices, source.name);
  const bytes = checked.length * layout.samples * Int16Array.BYTES_PER_ELEMENT;
  if (bytes > mostWaveformBytes) throw tooManyBytes(source.name, bytes);
  await requireSpace(around.folder, 1.01 * bytes);
  const expected = surveyClips(
    checked.map(({ file, ...clip }) => ({ ...clip, file: file.path, digest: file.path })),
    source.name,
  );
  progress.note({ classes: expected.labelNames.length, examples: checked.length });
  planExamples(plan, expected, expected.given, splitColumn); // a split that cannot be is said before the work
  const temporary = await startAdding(around.folder, order.datasetId);
  try {
    const conversion = { source, layout, progress, signal };
    const converted = await convertClips(join(temporary, waveformsName), checked, conversion);
    progress.stage('splitting', 1);
    const surveyed = surveyClips(converted.clips, source.name);
    const { codes, version } = planExamples(plan, surveyed, surveyed.given, splitColumn);
    noteFindings(surveyed, converted, version.facts.shared, around);
    const lines = surveyed.clips.map((clip) => `${JSON.stringify(clip)}\n`).join('');
    const { sha256: clipsSha256 } = await writeFileAtomically(join(temporary, clipsName), lines);
    await writeFileAtomically(join(temporary, splitsName(1)), codes);
    signal.throwIfAborted();
    await addExamples(around.store, around.folder, {
      kind: 'audio-classes',
      layout: null,
      id: order.datasetId,
      name: order.name,
      origin: 'imported',
      source: `${source.name}, one folder of .wav files per label`,
      ...converted.written,
      audio: factsOf(surveyed, converted, { layout, splitColumn, clipsSha256 }),
      version,
      createdAt: around.now(),
      signal,
    });
  } catch (thrown) {
    await abandonAdding(around.folder, order.datasetId);
    throw thrown;
  }
}

function planFor(wished: AnySplitPlan | null, { givenSplits }: PlacedClips, name: string): TextSplitPlan {
  const plan = examplePlan(wished, givenSplits === 'yes' ? splitFolder : null);
  if (plan.kind === 'stratified' || givenSplits === 'yes') return plan;
  const message = `The folders of ${quoted(name)} give no splits. Expected train/label/clip.wav, test/label/clip.wav; or let the splits be drawn.`;
  throw new InnerloopError('invalid-request', message);
}

async function checkClips(
  source: FileSource,
  { clips }: PlacedClips,
  { progress, signal }: ImportSurroundings,
): Promise<readonly CheckedClip[]> {
  progress.stage('checking', clips.length);
  const checked: CheckedClip[] = [];
  let done = 0;
  for await (const clip of mapInOrder(clips, 8, (each) => checkClip(source, each))) {
    signal.throwIfAborted();
    if (isLeftOut(clip)) progress.leaveOut([clip]);
    else checked.push(clip);
    done += 1;
    progress.done(done);
  }
  if (checked.length > 0) return checked;
  const why = clips.length === 0 ? 'No clips were found in' : 'None of the .wav files can be read in';
  const expected = 'Expected uncompressed .wav files in folders, label/clip.wav or train/label/clip.wav.';
  throw new InnerloopError('bad-file', `${why} ${quoted(source.name)}. ${expected}`);
}

function layoutFor(checked: readonly CheckedClip[], choices: AudioImport, name: string): AudioLayout {
  const seconds = chooseSeconds(choices, secondsHistogram(checked.map((clip) => clip.seconds)));
  const layout = layoutOf(choices.rate, seconds);
  if (layout.samples > 0) return layout;
  throw new InnerloopError('bad-file', `The clips of ${quoted(name)} have no length.`);
}

function tooManyBytes(name: string, bytes: number): InnerloopError {
  const most = shownBytes(mostWaveformBytes);
  const message = `The clips of ${quoted(name)} would take ${shownBytes(bytes)}; at most ${most} are imported. Choose a lower rate or shorter clips.`;
  return new InnerloopError('too-large', message);
}

type Chosen = Pick<AudioFacts, 'layout' | 'splitColumn' | 'clipsSha256'>;

function factsOf(surveyed: SurveyedClips, { cut, filled }: ConvertedClips, chosen: Chosen): AudioFacts {
  const { labelNames, clips, duplicates, contradictions } = surveyed;
  const seconds = secondsHistogram(clips.map((clip) => clip.seconds));
  return { labels: [...labelNames], ...chosen, seconds, cut, filled, duplicates, contradictions };
}

function noteFindings(
  { clips, labelNames, duplicates, contradictions }: SurveyedClips,
  { silent }: ConvertedClips,
  shared: number,
  { progress }: ImportSurroundings,
): void {
  const warning = (amount: number, one: string, more: string): string[] =>
    amount === 0 ? [] : [amount === 1 ? `1 ${one}.` : `${amount.toLocaleString('en')} ${more}.`];
  progress.note({
    classes: labelNames.length,
    examples: clips.length,
    duplicates,
    warnings: [
      ...warning(silent, 'clip is silent from beginning to end', 'clips are silent from beginning to end'),
      ...warning(contradictions, 'clip is here again with another label', 'clips are here again with other labels'),
      ...warning(
        shared,
        'clip is in more than one split: a measurement on it is no test',
        'clips are in more than one split: a measurement on them is no test',
      ),
    ],
  });
}
