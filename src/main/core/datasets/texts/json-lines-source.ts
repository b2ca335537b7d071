import { InnerloopError } from '../../../../shared/contract/errors.ts';
import type { TextEncodingChoice } from '../../../../shared/datasets/text-encoding.ts';
import { quoted } from '../../../files/file-error.ts';
import { readTextLines } from '../../../files/text-lines.ts';
import { type Cell, lineOptions, type RowOptions, type TextRow, type TextSource } from './text-source.ts';

/** Columns are the keys of the first lines; a later key that none of them has is not offered. */
const linesForColumns = 1000;

interface JsonLinesFile {
  readonly path: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly encoding: TextEncodingChoice;
}

/** One JSON object a line. Throws `bad-file` when a line is none. */
export async function jsonLinesSource(file: JsonLinesFile): Promise<TextSource> {
  const { path, name, size, encoding } = file;
  const columns = new Set<string>();
  let lines = 0;
  for await (const { number, text } of readTextLines(path, name, { encoding })) {
    if (text.trim() === '') continue;
    for (const key of Object.keys(parseLine(text, name, number))) columns.add(key);
    lines += 1;
    if (lines === linesForColumns) break;
  }
  if (lines === 0) throw new InnerloopError('bad-file', `${quoted(name)} is empty.`);
  const names = [...columns];
  return {
    format: 'jsonl',
    name,
    label: 'JSONL',
    columns: names,
    total: size,
    leftOut: [],
    rows: (options) => rows(file, names, options),
    close: async () => undefined,
  };
}

async function* rows(
  { path, name, encoding }: JsonLinesFile,
  columns: readonly string[],
  options: RowOptions,
): AsyncGenerator<TextRow> {
  for await (const { number, text } of readTextLines(path, name, lineOptions(options, encoding))) {
    if (text.trim() === '') continue;
    const object = parseLine(text, name, number);
    const where = `${quoted(name)}, line ${number.toLocaleString('en')},`;
    yield { where, cells: columns.map((column) => (Object.hasOwn(object, column) ? cellOf(object[column]) : null)) };
  }
}

function parseLine(text: string, name: string, number: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw refused(name, number, 'is not JSON', thrown);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw refused(name, number, 'is no JSON object, such as {"text": "...", "label": "..."}');
}

const refused = (name: string, number: number, what: string, cause?: unknown): InnerloopError =>
  new InnerloopError('bad-file', `${quoted(name)}, line ${number.toLocaleString('en')}, ${what}.`, { cause });

/** Numbers and truth values become their words; objects stay JSON. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
