import type { TextPreview } from '../../../../shared/datasets/text.ts';
import { isAboutOneFile } from '../left-out.ts';
import { cellText, chooseColumns, rowsForGuess, type WishedColumns } from './choose-columns.ts';
import { countEncodings } from './count-encodings.ts';
import { firstRows } from './first-rows.ts';
import { type ExampleReader, exampleReader } from './read-example.ts';
import { createSurvey } from './survey.ts';
import type { TextRow, TextSource } from './text-source.ts';

/** Rows of a table; files of folders, each of which is opened. */
const rowsRead = 20_000;
const filesRead = 1000;
const rowsShown = 8;
const cellCharacters = 300;
const labelsShown = 50;

/** What the beginning of a source holds, and what an import with these choices would read. */
export async function previewTexts(source: TextSource, wished: WishedColumns): Promise<TextPreview> {
  const encodings = countEncodings(source, wished.encoding);
  const rows = await firstRows(source, source.labelCounts ? filesRead : rowsRead, { onDecoded: encodings.add });
  const all = source.labelCounts ? source.total <= filesRead : rows.length < rowsRead;
  const complete = all ? ('yes' as const) : ('no' as const);
  const facts = {
    format: source.format,
    columns: source.columns.map((name, at) => columnFacts(name, at, rows)),
    rows: rows.slice(0, rowsShown).map(({ cells }) => cells.map((cell) => cellText(cell).slice(0, cellCharacters))),
    rowsRead: rows.length,
    complete,
    encoding: encodings.facts(),
  };
  try {
    const { split, ...columns } = chooseColumns(source, rows.slice(0, rowsForGuess), wished);
    const chosen = { ...wished, ...columns, splitColumn: split };
    const read = exampleReader(source, { ...columns, split }, wished.separator);
    return { ...facts, chosen, ...surveyRows(source, rows, read, complete) };
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return { ...facts, chosen: wished, labels: [], labelsTotal: 0, lengths: null, problem: thrown.message };
  }
}

function columnFacts(name: string, at: number, rows: readonly TextRow[]): TextPreview['columns'][number] {
  const distinct = new Set<string>();
  let characters = 0;
  for (const { cells } of rows) {
    const value = cellText(cells[at] ?? null);
    characters += value.length;
    if (distinct.size < 1000) distinct.add(value);
  }
  return { name, distinct: distinct.size, meanCharacters: rows.length === 0 ? 0 : characters / rows.length };
}

/** Counts of the rows that can be read, and why the first of the others cannot. */
function surveyRows(source: TextSource, rows: readonly TextRow[], read: ExampleReader, complete: 'yes' | 'no') {
  const survey = createSurvey(source.name);
  let problem: string | null = null;
  for (const row of rows) {
    try {
      survey.add(read(row));
    } catch (thrown) {
      if (!isAboutOneFile(thrown)) throw thrown;
      if (source.format !== 'text-folders') problem ??= thrown.message;
      if (survey.labelsFound > 1000) break;
    }
  }
  if (survey.examples === 0) return { labels: [], labelsTotal: 0, lengths: null, problem };
  const { labelNames, labels, lengths } = survey.finish();
  const counted = labelNames.map((label) => ({ label, examples: 0 }));
  for (const ofExample of labels) for (const label of ofExample) counted[label]!.examples += 1;
  const counts = source.labelCounts ? [...source.labelCounts] : counted;
  // The beginning of a table that is sorted by label has one label, and is no reason to refuse it.
  if (counts.length < 2 && (complete === 'yes' || source.labelCounts))
    problem ??= 'There is one label only; at least two are needed.';
  return {
    labels: counts.sort((a, b) => b.examples - a.examples).slice(0, labelsShown),
    labelsTotal: counts.length,
    lengths,
    problem,
  };
}
