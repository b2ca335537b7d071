import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { TextEncodingChoice } from '../../../../shared/datasets/text-encoding.ts';
import { quoted, shownBytes } from '../../../files/file-error.ts';
import { type LineOptions, readTextLines } from '../../../files/text-lines.ts';
import { type DelimitedRecord, delimitedRecords, detectDelimiter } from './delimited.ts';
import { jsonLinesSource } from './json-lines-source.ts';
import { type Cell, lineOptions, type TextRow, type TextSource } from './text-source.ts';

/** Larger tables are not read: all texts of a run are held in memory. */
const largestTableBytes = 2_000_000_000;

export const tableFormats = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  txt: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
} as const;

export interface TableOptions {
  readonly header: 'yes' | 'no';
  readonly encoding: TextEncodingChoice;
}

/** Opens a CSV, TSV or JSONL file by its name's ending. Throws `too-large`, or `bad-file` when it has no columns. */
export async function openTable(path: string, { header, encoding }: TableOptions): Promise<TextSource> {
  const name = basename(path);
  const { size } = await stat(path);
  if (size > largestTableBytes) {
    throw new InnerloopError(
      'too-large',
      `${quoted(name)} has ${shownBytes(size)}; at most ${shownBytes(largestTableBytes)} are read.`,
    );
  }
  const format = tableFormat(name);
  if (format === 'jsonl') return jsonLinesSource({ path, name, size, encoding });
  return delimitedSource({ path, name, size, format, header, encoding });
}

/** By the ending of a name; null where it is none of a table. */
export function tableFormatOf(name: string): 'csv' | 'tsv' | 'jsonl' | null {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(tableFormats, ending) ? tableFormats[ending as keyof typeof tableFormats] : null;
}

/** A text file of another name is taken for what most are: one record a line, separated by tabs. */
const tableFormat = (name: string): 'csv' | 'tsv' | 'jsonl' => tableFormatOf(name) ?? 'tsv';

interface DelimitedFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly format: 'csv' | 'tsv';
  readonly header: 'yes' | 'no';
  readonly encoding: TextEncodingChoice;
}

async function delimitedSource(file: DelimitedFile): Promise<TextSource> {
  const { path, name, size, format, header, encoding } = file;
  const delimiter = format === 'tsv' ? '\t' : detectDelimiter(await firstLine(file));
  const quotes = format === 'tsv' ? ('lines' as const) : ('records' as const);
  const records = (options: LineOptions): AsyncGenerator<DelimitedRecord> =>
    delimitedRecords(readTextLines(path, name, options), { name, delimiter, quotes });
  const first = (await records({ encoding }).next()).value as DelimitedRecord | undefined;
  if (!first) throw new InnerloopError('bad-file', `${quoted(name)} is empty.`);
  const columns =
    header === 'yes' ? headerNames(first.fields, name) : first.fields.map((_, index) => `column ${index + 1}`);
  return {
    format,
    name,
    label: format === 'tsv' ? 'TSV' : 'CSV',
    columns,
    total: size,
    leftOut: [],
    rows: (options) => rowsOf(records(lineOptions(options, encoding)), { name, columns, header }),
    close: async () => undefined,
  };
}

async function firstLine({ path, name, encoding }: DelimitedFile): Promise<string> {
  for await (const { text } of readTextLines(path, name, { encoding })) if (text !== '') return text;
  return '';
}

/** Names of the columns, each once: an empty or repeated one gets its number. */
function headerNames(fields: readonly string[], name: string): string[] {
  const names: string[] = [];
  fields.forEach((field, index) => {
    const tidy = field.trim();
    names.push(tidy === '' || names.includes(tidy) ? `column ${index + 1}` : tidy);
  });
  if (names.length < 2) {
    throw new InnerloopError(
      'bad-file',
      `${quoted(name)} has one column only, ${quoted(names[0] ?? '')}; a label column and another one are needed. Columns are separated by commas or semicolons in .csv and by tabs in .tsv files.`,
    );
  }
  return names;
}

async function* rowsOf(
  records: AsyncGenerator<DelimitedRecord>,
  {
    name,
    columns,
    header,
  }: { readonly name: string; readonly columns: readonly string[]; readonly header: 'yes' | 'no' },
): AsyncGenerator<TextRow> {
  let skip = header === 'yes';
  for await (const { line, fields } of records) {
    if (skip) {
      skip = false;
      continue;
    }
    const where = `${quoted(name)}, line ${line.toLocaleString('en')},`;
    if (fields.length > columns.length) {
      throw new InnerloopError(
        'bad-file',
        `${where} has ${fields.length} fields, and there are ${columns.length} columns. A field that holds the separator must be in quotes.`,
      );
    }
    const cells: readonly Cell[] = columns.map((_, index) => fields[index] ?? null);
    yield { where, cells };
  }
}
