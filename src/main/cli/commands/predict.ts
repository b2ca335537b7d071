import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { InnerloopError } from '../../../shared/contract/errors.ts';
import {
  type AskedImage,
  type AskedText,
  emptyTextProblem,
  mostAskedImages,
  type Predictions,
} from '../../../shared/runs/prediction.ts';
import { type CliContext, type Command, type Given, UsageError } from '../command.ts';
import { findRun } from '../find-run.ts';
import { labelColumns } from '../label-columns.ts';
import { predictClips, predictRows } from '../predict-rows-and-clips.ts';
import { type Column, tableLines } from '../table.ts';

const mostTexts = 10_000;

export const predictCommand: Command = {
  name: 'predict',
  summary: 'labels of new texts, images, rows or clips by a fine-tuned run, each with its probability',
  arguments: [{ name: 'RUN', help: 'number, id or name of a run', count: 'one' }],
  options: [
    { name: 'text', value: 'T', help: 'a text; may stand several times', repeats: 'yes' },
    { name: 'pair', value: 'T', help: 'the second text of a pair, one for each --text', repeats: 'yes' },
    { name: 'file', value: 'F', help: 'a file with one text a line; of a pair, with a tab between' },
    { name: 'image', value: 'F', help: 'a PNG or JPEG file; may stand several times', repeats: 'yes' },
    { name: 'row', value: 'R', help: 'a row as column=value,column=value; may stand several times', repeats: 'yes' },
    { name: 'rows', value: 'F', help: 'a CSV or TSV file whose first line names its columns' },
    { name: 'audio', value: 'F', help: 'a WAV file; may stand several times', repeats: 'yes' },
  ],
  details: [
    'Columns of a row that are left out or empty, and categories that training never saw, count as missing; it is said which.',
    'A value with a comma stands in quotes with its name: --row \'age=31,"city=Rome, Italy"\'',
  ].join('\n'),
  examples: [
    'predict spam --text "You have won a prize"',
    'predict 12 --file mails.txt --json',
    'predict 31 --image a.png --image b.png',
    'predict 40 --row age=31,city=Rome',
    'predict 40 --rows new.csv --json',
    'predict 44 --audio seven.wav',
  ],
  run: async (given, context) => {
    requireOneSource(given);
    if (given.all('image').length > 0) return predictImages(given, context);
    if (given.all('row').length > 0 || given.text('rows') !== undefined) return predictRows(given, context);
    if (given.all('audio').length > 0) return predictClips(given, context);
    const texts = await textsOf(given, context.cwd);
    const run = await findRun(context.core(), given.positionals[0]!);
    context.terminal.status(`Asking ${run.name}.`);
    const answer = await context.core().request('runs.predict', { id: run.id, texts: [...texts] });
    context.terminal.clearStatus();
    for (const line of tableLines(columns(texts, answer), context.terminal.width)) context.terminal.say(line);
    context.terminal.answer({ run: run.id, ...asJson(texts, answer) });
    return 0;
  },
};

const sources = ['text', 'file', 'image', 'row', 'rows', 'audio'] as const;

function requireOneSource(given: Given): void {
  const chosen = sources.filter((name) =>
    name === 'file' || name === 'rows' ? given.text(name) !== undefined : given.all(name).length > 0,
  );
  if (chosen.length === 1) return;
  const choices = 'Give either --text, --file, --image, --row, --rows or --audio.';
  throw new UsageError(choices, 'See: innerloop predict --help');
}

async function predictImages(given: Given, context: CliContext): Promise<0> {
  const paths = given.all('image');
  if (paths.length > mostAskedImages) {
    throw new UsageError(`There are ${paths.length} images; at most ${mostAskedImages} at a time.`);
  }
  const images = await Promise.all(paths.map((path) => imageFile(resolve(context.cwd, path))));
  const run = await findRun(context.core(), given.positionals[0]!);
  context.terminal.status(`Asking ${run.name}.`);
  const answer = await context.core().request('runs.predict-images', { id: run.id, images });
  context.terminal.clearStatus();
  const shown = [...labelColumns(answer), { title: 'image', shrinksTo: 20, cells: [...paths] }];
  for (const line of tableLines(shown, context.terminal.width)) context.terminal.say(line);
  const { iteration, computeMs, predictions, labels } = answer;
  context.terminal.answer({
    ...{ run: run.id, iteration, computeMs },
    predictions: predictions.map(({ labels: [label = null], probabilities }, index) => ({
      ...{ image: paths[index], label },
      probabilities: Object.fromEntries(labels.map((name, at) => [name, probabilities[at]])),
    })),
  });
  return 0;
}

async function imageFile(path: string): Promise<AskedImage> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InnerloopError('bad-file', `${path} cannot be read: ${why}`);
  });
  return { name: basename(path), bytes: new Uint8Array(bytes) };
}

async function textsOf(given: Given, cwd: string): Promise<readonly AskedText[]> {
  const file = given.text('file');
  const typed = given.all('text');
  const texts = file === undefined ? typedTexts(typed, given.all('pair')) : await fileTexts(resolve(cwd, file));
  const problem = emptyTextProblem(texts);
  if (problem !== null) throw new UsageError(problem);
  if (texts.length > mostTexts)
    throw new UsageError(`There are ${texts.length} texts; at most ${mostTexts} at a time.`);
  return texts;
}

function typedTexts(texts: readonly string[], pairs: readonly string[]): AskedText[] {
  if (pairs.length > 0 && pairs.length !== texts.length) {
    throw new UsageError(`There are ${texts.length} texts and ${pairs.length} pairs; give one --pair for each --text.`);
  }
  return texts.map((text, index) => withPair(text, pairs[index]));
}

const withPair = (text: string, pair: string | undefined): AskedText =>
  pair === undefined ? { text } : { text, pair };

/** Lines without anything on them are left out. */
async function fileTexts(path: string): Promise<AskedText[]> {
  const content = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new InnerloopError(
      'bad-file',
      `${path} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}`,
    );
  });
  const lines = content.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new InnerloopError('bad-file', `${path} has no text on any line.`);
  return lines.map((line) => {
    const [text = '', pair] = line.split('\t');
    return withPair(text, pair);
  });
}

const columns = (texts: readonly AskedText[], answer: Predictions): Column[] => [
  ...labelColumns(answer),
  { title: 'text', shrinksTo: 20, cells: texts.map(({ text }) => text.replace(/\s+/g, ' ')) },
];

/** `label` is what people look for; where a text has several, `labels` has them all. */
const asJson = (
  texts: readonly AskedText[],
  { labels, iteration, maxLength, computeMs, predictions }: Predictions,
) => ({
  ...{ iteration, maxLength, computeMs },
  predictions: predictions.map((each, index) => ({
    text: texts[index]?.text ?? '',
    tokens: each.tokens,
    label: each.labels[0] ?? null,
    labels: each.labels,
    probabilities: Object.fromEntries(labels.map((label, at) => [label, each.probabilities[at]])),
  })),
});
