import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { InnerloopError } from '../../shared/contract/errors.ts';
import { type AskedRow, mostAskedRows } from '../../shared/runs/prediction.ts';
import { delimitedRecords } from '../../shared/text/delimited-records.ts';
import { UsageError } from './command.ts';

/** "age=31,city=Rome"; a value with a comma stands in quotes together with its name: "\"city=Rome, Italy\"". */
export function typedRow(text: string): AskedRow {
  const pairs = delimitedRecords(text)[0] ?? [];
  const row: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, at)).trim();
    if (name === '') throw new UsageError(`--row: "${pair}" is not of the form column=value.`);
    if (Object.hasOwn(row, name)) throw new UsageError(`--row: "${name}" stands twice.`);
    row[name] = pair.slice(at + 1);
  }
  return row;
}

export interface RowsOfFile {
  readonly rows: readonly AskedRow[];
  /** Columns of the file that the run knows nothing of: the label's, for one. */
  readonly leftOut: readonly string[];
}

/** The rows of a CSV or TSV file whose first line names its columns, of which only `known` ones are taken. */
export async function rowsOfFile(path: string, known: readonly string[]): Promise<RowsOfFile> {
  const content = await readFile(path, 'utf8').catch((thrown: unknown) => {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InnerloopError('bad-file', `${path} cannot be read: ${why}`);
  });
  const [header = [], ...records] = delimitedRecords(content, extname(path).toLowerCase() === '.tsv' ? '\t' : ',');
  const names = header.map((name) => name.trim());
  if (records.length === 0) throw new InnerloopError('bad-file', `${path} has no row below its column names.`);
  if (records.length > mostAskedRows) {
    throw new InnerloopError('too-large', `${path} has ${records.length} rows; at most ${mostAskedRows} at a time.`);
  }
  if (!names.some((name) => known.includes(name))) {
    const message = `The first line of ${path} names none of the columns that the run learned from (${known.slice(0, 8).join(', ')}).`;
    throw new InnerloopError('bad-file', message);
  }
  const rows = records.map((fields, index) => {
    if (fields.length !== names.length) {
      const message = `${path}, row ${index + 1}, has ${fields.length} fields where the first line names ${names.length}.`;
      throw new InnerloopError('bad-file', message);
    }
    return Object.fromEntries(names.flatMap((name, at) => (known.includes(name) ? [[name, fields[at] ?? '']] : [])));
  });
  return { rows, leftOut: names.filter((name) => !known.includes(name)) };
}
