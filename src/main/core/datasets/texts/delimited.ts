import { InnerloopError } from '../../../../shared/contract/errors.ts';
import { quoted } from '../../../files/file-error.ts';
import type { TextLine } from '../../../files/text-lines.ts';

export interface Delimited {
  readonly name: string;
  readonly delimiter: string;
  /**
   * `records`: RFC 4180, a quoted field may hold line ends. `lines`: as tab-separated files are mostly written, a record
   * never spans lines, and a quote that does not enclose its whole field is a character like any other.
   */
  readonly quotes: 'records' | 'lines';
}

export interface DelimitedRecord {
  /** Where it starts, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Records of delimited text; empty lines between records are passed over, line ends inside quotes become LF. Throws
 * `bad-file` with the line for a quote that is never closed or that is followed by anything but a delimiter.
 * Our own because every refusal has to name the line, and tab-separated corpora full of bare quotes have to be read.
 */
export async function* delimitedRecords(
  lines: AsyncIterable<TextLine>,
  { name, delimiter, quotes }: Delimited,
): AsyncGenerator<DelimitedRecord> {
  let open: { line: number; fields: string[]; field: string } | null = null;
  for await (const { number, text } of lines) {
    if (open === null && text === '') continue;
    if (quotes === 'lines') {
      yield { line: number, fields: splitLine(text, delimiter) };
      continue;
    }
    const fields: string[] = open === null ? [] : open.fields;
    const first: number = open === null ? number : open.line;
    const rest = readFields(text, delimiter, fields, open === null ? null : `${open.field}\n`);
    if (rest.problem) throw refused(name, number, rest.problem);
    open = rest.open === null ? null : { line: first, fields, field: rest.open };
    if (open !== null && open.field.length > longestField) {
      throw refused(name, first, 'has a quote that is not closed within 4,000,000 characters');
    }
    if (open === null) yield { line: first, fields };
  }
  if (open !== null) throw refused(name, open.line, 'has a quote that is never closed');
}

const longestField = 4_000_000;

interface Rest {
  /** The beginning of a quoted field whose end is on a later line; null when the record is complete. */
  readonly open: string | null;
  readonly problem: string | null;
}

/** Reads the fields of one line into `fields`; `continued` is what a quoted field has from the lines before. */
function readFields(text: string, delimiter: string, fields: string[], continued: string | null): Rest {
  let at = 0;
  let content = continued;
  for (;;) {
    if (content === null && text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      fields.push(text.slice(at, end === -1 ? undefined : end));
      if (end === -1) return { open: null, problem: null };
      at = end + delimiter.length;
      continue;
    }
    if (content === null) at += 1; // past the opening quote
    const closed = readQuoted(text, at, content ?? '');
    if (closed.end === null) return { open: closed.content, problem: null };
    fields.push(closed.content);
    content = null;
    at = closed.end;
    if (at === text.length) return { open: null, problem: null };
    if (!text.startsWith(delimiter, at)) {
      return {
        open: null,
        problem: `has "${text.slice(at, at + 10)}" after a closing quote; a quote inside a quoted field is doubled ("")`,
      };
    }
    at += delimiter.length;
  }
}

/** What a quoted field holds from `at` on, and the place after its closing quote; null where the line ends before. */
function readQuoted(text: string, at: number, before: string): { content: string; end: number | null } {
  let content = before;
  for (let from = at; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return { content: content + text.slice(from), end: null };
    content += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { content, end: quote + 1 };
    content += '"';
    from = quote + 2;
  }
}

/** Fields of a line of its own; quotes are taken off where they enclose a field correctly. */
function splitLine(text: string, delimiter: string): string[] {
  return text.split(delimiter).map((field) => {
    if (field.length < 2 || !field.startsWith('"') || !field.endsWith('"')) return field;
    const inner = field.slice(1, -1);
    return /^([^"]|"")*$/.test(inner) ? inner.replaceAll('""', '"') : field;
  });
}

/** The delimiter of a header line: whichever of comma, semicolon, tab and bar stands most often outside quotes. */
export function detectDelimiter(header: string): string {
  const bare = header.replace(/"([^"]|"")*"/g, '');
  const counts = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, times: bare.split(delimiter).length - 1 }));
  return counts.reduce((best, next) => (next.times > best.times ? next : best)).delimiter;
}

const refused = (name: string, line: number, what: string): InnerloopError =>
  new InnerloopError('bad-file', `${quoted(name)}, line ${line.toLocaleString('en')}, ${what}.`);
