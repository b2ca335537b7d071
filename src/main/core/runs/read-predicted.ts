import { InnerloopError } from '../../../shared/contract/errors.ts';
import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import type { EvaluationFacts, PredictedExample } from '../../../shared/runs/classification-report.ts';
import { textExamples } from '../../files/text-examples.ts';
import { readExamples } from '../datasets/dataset-folder.ts';
import type { DatasetDesk } from './dataset-desk.ts';

/** What was predicted of: a text, perhaps with its pair, or an image. */
export type Subject = Pick<PredictedExample, 'text' | 'pair' | 'image'>;

export const nothingToShow: Subject = { text: null, pair: null, image: null };

/** The dataset of an evaluation as it was then, or why there is none, as a sentence. */
export type DatasetThen =
  | { readonly dataset: TrainerDataset; readonly missing: null }
  | { readonly dataset: null; readonly missing: string };

/** Looks whether the dataset that was predicted on is still there and still the same. */
export function datasetThen(datasets: DatasetDesk, { dataset: used }: EvaluationFacts): DatasetThen {
  if (used === null) return { dataset: null, missing: 'These examples were generated: they are in no dataset.' };
  try {
    const dataset = datasets.forTrainer(used);
    if (dataset?.digest === used.digest) return { dataset, missing: null };
    const missing = `The dataset "${used.name}" was changed since: its examples are no longer those that were predicted on.`;
    return { dataset: null, missing };
  } catch (thrown) {
    if (!(thrown instanceof InnerloopError)) throw thrown;
    return { dataset: null, missing: thrown.message };
  }
}

/** What lies at these positions of a dataset, by position. `library` is the folder of the datasets. */
export function readSubjects(
  library: string,
  dataset: TrainerDataset,
  positions: readonly number[],
): Promise<ReadonlyMap<number, Subject>> {
  return dataset.kind === 'text-classes'
    ? readTexts(dataset.examplesFile, new Set(positions))
    : readImages(library, dataset, positions);
}

const shownCharacters = 2000;

/** The file is read up to the last wanted text. */
async function readTexts(examplesFile: string, wanted: ReadonlySet<number>): Promise<ReadonlyMap<number, Subject>> {
  const found = new Map<number, Subject>();
  if (wanted.size === 0) return found;
  let position = 0;
  for await (const { text, pair } of textExamples(examplesFile)) {
    if (wanted.has(position)) {
      const shown = { text: text.slice(0, shownCharacters), pair: pair?.slice(0, shownCharacters) ?? null };
      found.set(position, { ...shown, image: null });
      if (found.size === wanted.size) break;
    }
    position += 1;
  }
  return found;
}

async function readImages(
  library: string,
  { id, layout }: Extract<TrainerDataset, { readonly kind: 'image-classes' }>,
  positions: readonly number[],
): Promise<ReadonlyMap<number, Subject>> {
  const { width, height, channels } = layout;
  const images = await readExamples(library, id, layout, positions);
  return new Map(
    images.map((pixels, index) => [
      positions[index]!,
      { text: null, pair: null, image: { width, height, channels, pixels } },
    ]),
  );
}
