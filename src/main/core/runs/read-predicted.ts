import { assertNever, InnerloopError } from '../../../shared/contract/errors.ts';
import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import { cellWords } from '../../../shared/datasets/cell-words.ts';
import type { EvaluationFacts, PredictedExample } from '../../../shared/runs/classification-report.ts';
import { storedClips } from '../../files/stored-clips.ts';
import { storedRows } from '../../files/table-rows.ts';
import { textExamples } from '../../files/text-examples.ts';
import { readExamples } from '../datasets/dataset-folder.ts';
import type { DatasetDesk } from './dataset-desk.ts';

/** What was predicted of: a text, perhaps with its pair, an image, a row of a table, or a clip. */
export type Subject = Pick<PredictedExample, 'text' | 'pair' | 'image' | 'row' | 'clip'>;

export const nothingToShow: Subject = { text: null, pair: null, image: null, row: null, clip: null };

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
  const wanted = new Set(positions);
  switch (dataset.kind) {
    case 'text-classes':
      return pick(textExamples(dataset.examplesFile), wanted, ({ text, pair }) => ({
        text: text.slice(0, shownCharacters),
        pair: pair?.slice(0, shownCharacters) ?? null,
      }));
    case 'table-classes':
      return pick(storedRows(dataset.rowsFile, dataset), wanted, ({ cells }) => ({
        row: cellWords(dataset.columns, cells),
      }));
    case 'audio-classes':
      return pick(storedClips(dataset.clipsFile), wanted, ({ file, seconds }, index) => ({
        clip: { index, file, seconds },
      }));
    case 'image-classes':
      return readImages(library, dataset, positions);
    default:
      return assertNever(dataset, 'dataset');
  }
}

const shownCharacters = 2000;

/** What is shown of the wanted ones; the file is read up to the last of them. */
async function pick<Example>(
  all: AsyncIterable<Example>,
  wanted: ReadonlySet<number>,
  shown: (example: Example, position: number) => Partial<Subject>,
): Promise<ReadonlyMap<number, Subject>> {
  const found = new Map<number, Subject>();
  if (wanted.size === 0) return found;
  let position = 0;
  for await (const example of all) {
    if (wanted.has(position)) {
      found.set(position, { ...nothingToShow, ...shown(example, position) });
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
      { ...nothingToShow, image: { width, height, channels, pixels } },
    ]),
  );
}
