import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type AskedClip, type AskedRow, mostAskedClips, type Predictions } from '../../shared/runs/prediction.ts';
import { rowsOfFile, typedRow } from './asked-rows.ts';
import { type CliContext, type Given, UsageError } from './command.ts';
import { findRun } from './find-run.ts';
import { labelColumns } from './label-columns.ts';
import { type Column, tableLines } from './table.ts';

/** Labels of rows that are typed, or of a file of them. */
export async function predictRows(given: Given, context: CliContext): Promise<0> {
  const { terminal } = context;
  const core = context.core();
  const typed = given.all('row').map(typedRow);
  const file = given.text('rows');
  const run = await findRun(core, given.positionals[0]!);
  const { columns } = await core.request('runs.table-columns', { id: run.id });
  const { rows, leftOut } =
    file === undefined
      ? { rows: typed, leftOut: [] }
      : await rowsOfFile(
          resolve(context.cwd, file),
          columns.map(({ name }) => name),
        );
  terminal.status(`Asking ${run.name}.`);
  const answer = await core.request('runs.predict-rows', { id: run.id, rows: [...rows] });
  terminal.clearStatus();
  const shown = [...labelColumns(answer), { title: 'row', shrinksTo: 20, cells: rows.map(rowWords) }];
  for (const line of tableLines(shown, terminal.width)) terminal.say(line);
  const notes = [...leftOutNotes(leftOut), ...answer.notes];
  for (const note of notes) terminal.say(note);
  terminal.answer({
    ...asJson(run.id, answer),
    predictions: answer.predictions.map((each, index) => ({ row: rows[index], ...said(answer, each) })),
    notes,
  });
  return 0;
}

const rowWords = (row: AskedRow): string =>
  Object.entries(row)
    .map(([name, value]) => `${name}=${value ?? ''}`)
    .join(', ');

const leftOutNotes = (names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`Left out, since the run did not learn from them: ${names.join(', ')}.`];

/** Labels of WAV files. */
export async function predictClips(given: Given, context: CliContext): Promise<0> {
  const { terminal } = context;
  const paths = given.all('audio');
  if (paths.length > mostAskedClips) {
    throw new UsageError(`There are ${paths.length} clips; at most ${mostAskedClips} at a time.`);
  }
  const clips = await Promise.all(paths.map((path) => clipFile(resolve(context.cwd, path))));
  const run = await findRun(context.core(), given.positionals[0]!);
  terminal.status(`Asking ${run.name}.`);
  const answer = await context.core().request('runs.predict-audio', { id: run.id, clips });
  terminal.clearStatus();
  const seconds: Column = {
    title: 'seconds',
    align: 'right',
    cells: answer.heard.map((clip) => clip.seconds.toFixed(2)),
  };
  const shown = [...labelColumns(answer), seconds, { title: 'clip', shrinksTo: 20, cells: [...paths] }];
  for (const line of tableLines(shown, terminal.width)) terminal.say(line);
  for (const note of answer.notes) terminal.say(note);
  terminal.answer({
    ...asJson(run.id, answer),
    predictions: answer.predictions.map((each, index) => ({
      ...{ clip: paths[index], seconds: answer.heard[index]?.seconds },
      ...said(answer, each),
    })),
    notes: answer.notes,
  });
  return 0;
}

async function clipFile(path: string): Promise<AskedClip> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InnerloopError('bad-file', `${path} cannot be read: ${why}`);
  });
  return { name: basename(path), bytes: new Uint8Array(bytes) };
}

const asJson = (run: string, { iteration, computeMs }: Predictions) => ({ run, iteration, computeMs });

const said = ({ labels }: Predictions, prediction: Predictions['predictions'][number]) => ({
  label: prediction.labels[0] ?? null,
  probabilities: Object.fromEntries(labels.map((name, at) => [name, prediction.probabilities[at]])),
});
