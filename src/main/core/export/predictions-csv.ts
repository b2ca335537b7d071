import { join } from 'node:path';
import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import { cellWords } from '../../../shared/datasets/cell-words.ts';
import type { ExamplePredictions } from '../../../shared/runs/example-predictions.ts';
import { type AtomicFile, writeAtomically } from '../../files/atomic-write.ts';
import { storedClips } from '../../files/stored-clips.ts';
import { storedRows } from '../../files/table-rows.ts';
import { textExamples } from '../../files/text-examples.ts';
import { type JudgedExample, judgedExamples } from '../runs/choose-examples.ts';
import { csvField } from './csv.ts';
import { exactNumber } from './exported-run.ts';

/**
 * `predictions.csv` (RFC 4180): a row an example in the order of the dataset, with position, truth, predicted, the
 * probability of each label, and what was predicted of: text and pair, the cells of a row by column, or file and
 * seconds of a clip. Several labels at once stand in one field with | between. `dataset` gives what was predicted of;
 * without it, and of images, those are an empty text and pair.
 */
export async function writePredictions(
  folder: string,
  predictions: ExamplePredictions,
  dataset: TrainerDataset | null,
): Promise<void> {
  const judged = judgedExamples(predictions).sort((a, b) => a.position - b.position);
  const subjects = subjectsOf(dataset);
  const { labels } = predictions;
  await writeAtomically(join(folder, 'predictions.csv'), async (file) => {
    const write = createWriter(file);
    const columns = [
      'position',
      'truth',
      'predicted',
      ...labels.map((label) => `probability of ${label}`),
      ...subjects.columns,
    ];
    await write(columns.map(csvField));
    for await (const { example, fields } of withSubjects(judged, subjects)) {
      const names = (of: readonly number[]): string => csvField(of.map((label) => labels[label]).join('|'));
      const { position, truth, predicted, probabilities } = example;
      const said = [String(position), names(truth), names(predicted), ...probabilities.map(exactNumber)];
      await write([...said, ...fields.map(csvField)]);
    }
    await write.end();
  });
}

/** What was predicted of, as fields under these columns; all of a dataset, in its order. */
interface Subjects {
  readonly columns: readonly string[];
  readonly all: () => AsyncIterable<readonly string[]>;
}

function subjectsOf(dataset: TrainerDataset | null): Subjects {
  switch (dataset?.kind) {
    case 'text-classes':
      return {
        columns: ['text', 'pair'],
        all: () => mapped(textExamples(dataset.examplesFile), ({ text, pair }) => [text, pair ?? '']),
      };
    case 'table-classes':
      return {
        columns: dataset.columns.map(({ name }) => name),
        all: () =>
          mapped(storedRows(dataset.rowsFile, dataset), ({ cells }) =>
            cellWords(dataset.columns, cells).map((word) => word ?? ''),
          ),
      };
    case 'audio-classes':
      return {
        columns: ['file', 'seconds'],
        all: () => mapped(storedClips(dataset.clipsFile), ({ file, seconds }) => [file, exactNumber(seconds)]),
      };
    default:
      return { columns: ['text', 'pair'], all: () => mapped([], () => []) };
  }
}

async function* mapped<From, To>(
  all: AsyncIterable<From> | Iterable<From>,
  map: (from: From) => To,
): AsyncGenerator<To> {
  for await (const each of all) yield map(each);
}

interface ShownExample {
  readonly example: JudgedExample;
  readonly fields: readonly string[];
}

/** `judged` lies in the order of the dataset, which is read once through; examples that it lacks have empty fields. */
async function* withSubjects(
  judged: readonly JudgedExample[],
  { columns, all }: Subjects,
): AsyncGenerator<ShownExample> {
  let next = 0;
  let position = 0;
  for await (const fields of all()) {
    if (next === judged.length) return;
    if (judged[next]!.position === position) yield { example: judged[next++]!, fields };
    position += 1;
  }
  for (const example of judged.slice(next)) yield { example, fields: columns.map(() => '') };
}

/** Gathers rows into parts of about a megabyte. */
function createWriter(file: AtomicFile) {
  let waiting = '';
  const flush = async (): Promise<void> => {
    await file.append(new TextEncoder().encode(waiting));
    waiting = '';
  };
  const write = async (fields: readonly string[]): Promise<void> => {
    waiting += `${fields.join(',')}\r\n`;
    if (waiting.length >= 1 << 20) await flush();
  };
  return Object.assign(write, { end: flush });
}
