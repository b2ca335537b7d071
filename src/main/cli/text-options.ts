import type { RequestOf } from '../../shared/contract/requests.ts';
import type { AnySplitPlan } from '../../shared/datasets/dataset.ts';
import { defaultTextImport, defaultTextSplitPlan, type TextImport } from '../../shared/datasets/text.ts';
import { textEncodingChoiceSchema, textEncodings } from '../../shared/datasets/text-encoding.ts';
import { audioOptions } from './audio-options.ts';
import { type Given, type OptionSpec, UsageError } from './command.ts';
import { drawnPlan, splitParts } from './split-options.ts';
import { tableOptions } from './table-options.ts';

/** Options of `datasets import` that say which column of texts is what; some of them a table of rows has too. */
export const textOptions: readonly OptionSpec[] = [
  { name: 'text', value: 'COLUMN', help: 'texts: the column of the text (default: found by name and content)' },
  { name: 'pair', value: 'COLUMN', help: 'texts: the column of a second text, such as a hypothesis' },
  { name: 'label', value: 'COLUMN', help: 'texts and tables: the column of the label' },
  { name: 'separator', value: 'S', help: 'texts: a text has several labels, with this between them, such as ";"' },
  {
    name: 'split-column',
    value: 'COLUMN',
    help: 'texts and tables: the column that says train, validation (dev) or test',
  },
  {
    name: 'encoding',
    value: 'NAME',
    help: `texts and tables: auto (default: UTF-8, UTF-16 by its mark, else windows-1252) or ${textEncodings.join(', ')}`,
    choices: ['auto', ...textEncodings],
  },
  { name: 'no-header', help: 'texts and tables: the first line is data; the columns are "column 1", "column 2" ...' },
];

const tableFile = /\.(csv|tsv|tab|txt|jsonl|ndjson)$/i;

/** Whether examples of rows or files, not classes of images, are asked for; of an archive or folder its files will say. */
const asksForExamples = (given: Given, path: string): boolean =>
  ['text', 'table', 'audio'].includes(given.text('as') ?? '') ||
  tableFile.test(path) ||
  [...textOptions, ...tableOptions, ...audioOptions].some(({ name }) => given.has(name));

const onlyOfTexts = ['text', 'pair', 'separator'] as const;

/** What a source is taken for: as said, else as its options say; the core looks into it where they do not. */
export function askedKind(given: Given): RequestOf<'datasets.import'>['as'] {
  const as = given.text('as') ?? 'auto';
  const ofTexts = onlyOfTexts.find((name) => given.has(name));
  const ofTables = tableOptions.find(({ name }) => given.has(name))?.name;
  if (ofTables !== undefined && (ofTexts !== undefined || as === 'text')) {
    throw new UsageError(`--${ofTables} is for tables of rows, and --${ofTexts ?? 'as text'} for texts.`);
  }
  if (ofTexts !== undefined && as === 'table')
    throw new UsageError(`--${ofTexts} is for texts, not for tables of rows.`);
  const ofAudio = audioOptions.find(({ name }) => given.has(name))?.name;
  const ofRows = [...textOptions, ...tableOptions].find(({ name }) => given.has(name))?.name;
  if (ofAudio !== undefined && (ofRows !== undefined || !['auto', 'audio'].includes(as))) {
    throw new UsageError(`--${ofAudio} is for clips of sound, and --${ofRows ?? `as ${as}`} is not.`);
  }
  if (as === 'audio' && ofRows !== undefined) throw new UsageError(`--${ofRows} is not for clips of sound.`);
  if (as !== 'auto') return as as RequestOf<'datasets.import'>['as'];
  if (ofTables !== undefined) return 'table';
  if (ofAudio !== undefined) return 'audio';
  return ofTexts === undefined ? 'auto' : 'text';
}

/** The choices of columns; null where none of the options was given. */
export function textImportOf(given: Given): TextImport | null {
  if (!textOptions.some(({ name }) => given.has(name))) return null;
  return {
    ...defaultTextImport,
    text: given.text('text') ?? null,
    pair: given.text('pair') ?? null,
    label: given.text('label') ?? null,
    separator: given.text('separator') ?? null,
    header: given.has('no-header') ? 'no' : 'yes',
    encoding: textEncodingChoiceSchema.parse(given.text('encoding') ?? 'auto'),
  };
}

/** The plan of an import: null leaves it to what is found. */
export function importPlan(given: Given, path: string): AnySplitPlan | null {
  const text = given.text('split');
  if (!asksForExamples(given, path)) return text === undefined ? null : drawnPlan(text);
  const column = given.text('split-column');
  if (column !== undefined) {
    return { kind: 'given', column, validation: 0.1, seed: 1, ...splitParts(text ?? '', ['validation', 'seed']) };
  }
  if (text === undefined) return null;
  return drawnPlan(text, { ...defaultTextSplitPlan, kind: 'drawn', by: 'class' });
}
