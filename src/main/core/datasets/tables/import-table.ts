import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import { defaultTableImport, type TableFacts } from '../../../../shared/datasets/table.ts';
import { encodingNote } from '../../../../shared/datasets/text-encoding.ts';
import { type AtomicFile, writeAtomically, writeFileAtomically } from '../../../files/atomic-write.ts';
import { quoted } from '../../../files/file-error.ts';
import { addExamples } from '../add-dataset.ts';
import { abandonAdding, rowsName, splitsName, startAdding } from '../dataset-folder.ts';
import type { ImportOrder, ImportSurroundings } from '../import-order.ts';
import { examplePlan, planExamples } from '../plan-examples.ts';
import { requireSpace } from '../require-space.ts';
import { countEncodings, type EncodingCount } from '../texts/count-encodings.ts';
import { firstRows } from '../texts/first-rows.ts';
import type { TextSource } from '../texts/text-source.ts';
import { type ChosenTable, chooseTableColumns } from './choose-table-columns.ts';
import { rowsForTable } from './column-facts.ts';
import { type ReadRow, type RowReader, rowReader } from './read-row.ts';
import { createRowSurvey, fingerprintPart, type SurveyedRows } from './survey-rows.ts';

/** What an import reads of its source. */
interface Reading {
  readonly source: TextSource;
  readonly chosen: ChosenTable;
  readonly read: RowReader;
  readonly around: ImportSurroundings;
  /** Of the first reading. */
  readonly encodings: EncodingCount;
}

/**
 * Imports rows in two readings: the first checks every row and counts, the second writes. Nothing is added until
 * everything is done. Throws `bad-file` or `too-large` that names the row and the column, and what the store throws.
 */
export async function importTable(order: ImportOrder, source: TextSource, around: ImportSurroundings): Promise<void> {
  const { progress, signal } = around;
  progress.note({ kind: 'table-classes' });
  const choices = order.request.table ?? defaultTableImport;
  const wishedPlan = order.request.splits;
  const wished = { ...choices, splitColumn: wishedPlan?.kind === 'given' ? wishedPlan.column : null };
  const rows = await firstRows(source, rowsForTable(source.columns.length), { signal });
  const guessed = chooseTableColumns(source, rows, wished);
  const plan = examplePlan(wishedPlan, guessed.split);
  const chosen = plan.kind === 'given' ? guessed : { ...guessed, split: null };
  const encodings = countEncodings(source, choices.encoding);
  const reading = { source, chosen, read: rowReader(source, chosen), around, encodings };
  const surveyed = await survey(reading);
  await requireSpace(around.folder, source.total * 1.3);
  const planned = planExamples(plan, surveyed, surveyed.given, chosen.split); // a split that cannot be is said before the work
  const facts = factsOf(surveyed, reading, guessed.split);
  noteWarnings(facts, planned.version.facts.shared, around);
  const temporary = await startAdding(around.folder, order.datasetId);
  try {
    const written = await writeRows(join(temporary, rowsName), reading, surveyed);
    progress.stage('splitting', 1);
    await writeFileAtomically(join(temporary, splitsName(1)), planned.codes);
    signal.throwIfAborted();
    await addExamples(around.store, around.folder, {
      kind: 'table-classes',
      layout: null,
      id: order.datasetId,
      name: order.name,
      origin: 'imported',
      source: `${source.name}, ${source.label}`,
      sha256: written.sha256,
      bytes: written.bytes,
      table: facts,
      version: planned.version,
      createdAt: around.now(),
      signal,
    });
  } catch (thrown) {
    await abandonAdding(around.folder, order.datasetId);
    throw thrown;
  }
}

async function survey(reading: Reading): Promise<SurveyedRows> {
  const { source, chosen, read, around, encodings } = reading;
  const { progress, signal } = around;
  progress.stage('checking', source.total);
  const inputs = chosen.columns.filter(({ use }) => use === 'number' || use === 'category');
  const survey = createRowSurvey(source.name, inputs);
  for await (const row of source.rows({ signal, onProgress: progress.done, onDecoded: encodings.add })) {
    signal.throwIfAborted();
    survey.add(read(row));
  }
  progress.note({ classes: survey.labelsFound, examples: survey.rows });
  if (survey.rows === 0) throw new InnerloopError('bad-file', `${quoted(source.name)} has no rows.`);
  const surveyed = survey.finish();
  const [only, second] = surveyed.labelNames;
  if (only !== undefined && second === undefined) {
    const has = `has one label only, ${quoted(only)}, in "${chosen.label}"`;
    throw new InnerloopError('bad-file', `${quoted(source.name)} ${has}; at least two are needed.`);
  }
  progress.note({ duplicates: surveyed.duplicates });
  return surveyed;
}

const partCharacters = 1 << 20;

async function writeRows(path: string, { source, read, around }: Reading, surveyed: SurveyedRows) {
  const { progress, signal } = around;
  progress.stage('converting', surveyed.labels.length);
  const line = lineWriter(surveyed);
  const all = createHash('sha256');
  return writeAtomically(path, async (file) => {
    let rows = 0;
    let part = '';
    for await (const each of source.rows({ signal })) {
      signal.throwIfAborted();
      const row = read(each);
      all.update(fingerprintPart(row));
      part += line(row);
      rows += 1;
      if (part.length < partCharacters) continue;
      await append(file, part);
      part = '';
      progress.done(rows);
    }
    if (all.digest('hex') !== surveyed.fingerprint) {
      throw new InnerloopError('bad-file', `${quoted(source.name)} changed while it was read. Import it again.`);
    }
    await append(file, part);
    progress.done(rows);
  });
}

/** A row as a line of rows.jsonl. A word that the survey did not meet becomes null: the fingerprint refuses it then. */
function lineWriter({ labelNames, columns }: SurveyedRows): (row: ReadRow) => string {
  const labels = new Map(labelNames.map((name, position) => [name, position]));
  const categories = columns.map((column) =>
    column.kind === 'category' ? new Map(column.categories.map((word, position) => [word, position])) : null,
  );
  return ({ label, cells }) => {
    const stored = cells.map((cell, at) => (typeof cell === 'string' ? (categories[at]?.get(cell) ?? null) : cell));
    return `${JSON.stringify([labels.get(label) ?? null, ...stored])}\n`;
  };
}

const append = (file: AtomicFile, part: string): Promise<void> => file.append(new TextEncoder().encode(part));

/** `split`: a column that says splits is no input, also where others were drawn. */
function factsOf(surveyed: SurveyedRows, { chosen, encodings }: Reading, split: string | null): TableFacts {
  const { labelNames, columns, duplicates, contradictions } = surveyed;
  const unusedSplit = split !== chosen.split && split !== null ? [{ name: split, reason: 'names splits' }] : [];
  return {
    labels: [...labelNames],
    labelColumn: chosen.label,
    splitColumn: chosen.split,
    columns: [...columns],
    ignored: [
      ...chosen.columns.flatMap(({ name, use, reason }) => (use === 'ignored' ? [{ name, reason: reason ?? '' }] : [])),
      ...unusedSplit,
    ],
    duplicates,
    contradictions,
    encoding: encodings.facts(),
  };
}

function noteWarnings(facts: TableFacts, shared: number, { progress }: ImportSurroundings): void {
  const several = (amount: number, one: string, more: string): string =>
    amount === 1 ? `1 ${one}` : `${amount.toLocaleString('en')} ${more}`;
  const { contradictions, encoding } = facts;
  const read = encodingNote(encoding);
  const warnings = [
    ...(read === null ? [] : [read]),
    ...(contradictions > 0
      ? [`${several(contradictions, 'row stands', 'rows stand')} here again with other labels.`]
      : []),
    ...(shared > 0
      ? [`${several(shared, 'row is', 'rows are')} in more than one split: a measurement on them is no test.`]
      : []),
  ];
  progress.note({ warnings });
}
