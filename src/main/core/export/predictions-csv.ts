import { join } from 'node:path';
import type { TrainerDataset } from '../../../shared/contract/trainer.ts';
import type { ExamplePredictions } from '../../../shared/runs/example-predictions.ts';
import { type AtomicFile, writeAtomically } from '../../files/atomic-write.ts';
import { textExamples } from '../../files/text-examples.ts';
import { type JudgedExample, judgedExamples } from '../runs/choose-examples.ts';
import { csvField } from './csv.ts';
import { exactNumber } from './exported-run.ts';

/**
 * `predictions.csv` (RFC 4180): a row an example in the order of the dataset, with position, truth, predicted, the
 * probability of each label, text and pair. Several labels at once stand in one field with | between. `dataset` gives
 * the texts; without it, and of images, they are empty.
 */
export async function writePredictions(
  folder: string,
  predictions: ExamplePredictions,
  dataset: TrainerDataset | null,
): Promise<void> {
  const judged = judgedExamples(predictions).sort((a, b) => a.position - b.position);
  const examplesFile = dataset?.kind === 'text-classes' ? dataset.examplesFile : null;
  const { labels } = predictions;
  await writeAtomically(join(folder, 'predictions.csv'), async (file) => {
    const write = createWriter(file);
    const columns = [
      'position',
      'truth',
      'predicted',
      ...labels.map((label) => `probability of ${label}`),
      'text',
      'pair',
    ];
    await write(columns.map(csvField));
    for await (const { example, text, pair } of withTexts(judged, examplesFile)) {
      const names = (of: readonly number[]): string => csvField(of.map((label) => labels[label]).join('|'));
      const { position, truth, predicted, probabilities } = example;
      const said = [String(position), names(truth), names(predicted), ...probabilities.map(exactNumber)];
      await write([...said, csvField(text), csvField(pair)]);
    }
    await write.end();
  });
}

interface ShownExample {
  readonly example: JudgedExample;
  readonly text: string;
  readonly pair: string;
}

/** `judged` lies in the order of the dataset, whose file is read once through; examples that it lacks have no text. */
async function* withTexts(judged: readonly JudgedExample[], examplesFile: string | null): AsyncGenerator<ShownExample> {
  let next = 0;
  if (examplesFile !== null) {
    let position = 0;
    for await (const { text, pair } of textExamples(examplesFile)) {
      if (next === judged.length) return;
      if (judged[next]!.position === position) yield { example: judged[next++]!, text, pair: pair ?? '' };
      position += 1;
    }
  }
  for (const example of judged.slice(next)) yield { example, text: '', pair: '' };
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
