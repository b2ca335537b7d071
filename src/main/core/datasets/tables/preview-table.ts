import type { TablePreview } from '../../../../shared/datasets/table.ts';
import { isAboutOneFile } from '../left-out.ts';
import { cellText } from '../texts/choose-columns.ts';
import { countEncodings } from '../texts/count-encodings.ts';
import { firstRows } from '../texts/first-rows.ts';
import type { TextRow, TextSource } from '../texts/text-source.ts';
import { type ChosenTable, chooseTableColumns, type WishedTable } from './choose-table-columns.ts';
import { columnFacts, rowsForTable } from './column-facts.ts';
import { rowReader } from './read-row.ts';
import { createRowSurvey } from './survey-rows.ts';

const rowsShown = 8;
const cellCharacters = 300;
const labelsShown = 50;
const distinctShown = 1000;

/** What the beginning of a table holds, and what an import with these choices would take it for. */
export async function previewTable(source: TextSource, wished: WishedTable): Promise<TablePreview> {
  const most = rowsForTable(source.columns.length);
  const encodings = countEncodings(source, wished.encoding);
  const rows = await firstRows(source, most, { onDecoded: encodings.add });
  const facts = {
    format: source.format === 'text-folders' ? ('csv' as const) : source.format,
    rows: rows.slice(0, rowsShown).map(({ cells }) => cells.map((cell) => cellText(cell).slice(0, cellCharacters))),
    rowsRead: rows.length,
    complete: rows.length < most ? ('yes' as const) : ('no' as const),
    encoding: encodings.facts(),
  };
  try {
    const chosen = chooseTableColumns(source, rows, wished);
    const columns = chosen.columns.map(({ name, use, reason, facts: { distinct, missing } }) => ({
      ...{ name, use, reason, missing },
      distinct: Math.min(distinct, distinctShown),
    }));
    const named = { ...wished, label: chosen.label, splitColumn: chosen.split };
    return { ...facts, columns, chosen: named, ...surveyRows(source, rows, chosen, facts.complete) };
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    return {
      ...facts,
      columns: plainColumns(source, rows),
      chosen: wished,
      labels: [],
      labelsTotal: 0,
      problem: thrown.message,
    };
  }
}

/** Where no choice could be made, every column is shown as left out. */
const plainColumns = (source: TextSource, rows: readonly TextRow[]): TablePreview['columns'] =>
  source.columns.map((name, at) => {
    const { distinct, missing } = columnFacts(rows, at);
    return { name, use: 'ignored', reason: null, distinct: Math.min(distinct, distinctShown), missing };
  });

/** Labels of the rows that can be read, and why the first of the others cannot. */
function surveyRows(source: TextSource, rows: readonly TextRow[], chosen: ChosenTable, complete: 'yes' | 'no') {
  const read = rowReader(source, chosen);
  const survey = createRowSurvey(
    source.name,
    chosen.columns.filter(({ use }) => use === 'number' || use === 'category'),
  );
  let problem: string | null = rows.length === 0 ? 'The table has no rows.' : null;
  for (const row of rows) {
    try {
      survey.add(read(row));
    } catch (thrown) {
      if (!isAboutOneFile(thrown)) throw thrown;
      problem ??= thrown.message;
      if (survey.labelsFound > 1000) break;
    }
  }
  const { labelNames, labels } = survey.finish();
  const counts = labelNames.map((label) => ({ label, examples: 0 }));
  for (const [label] of labels) counts[label!]!.examples += 1;
  // The beginning of a table that is sorted by label has one label, and is no reason to refuse it.
  if (rows.length > 0 && counts.length < 2 && complete === 'yes') {
    problem ??= 'There is one label only; at least two are needed.';
  }
  counts.sort((a, b) => b.examples - a.examples);
  return { labels: counts.slice(0, labelsShown), labelsTotal: labelNames.length, problem };
}
