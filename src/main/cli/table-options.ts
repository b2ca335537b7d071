import { type ColumnUse, columnUseSchema, defaultTableImport, type TableImport } from '../../shared/datasets/table.ts';
import { textEncodingChoiceSchema } from '../../shared/datasets/text-encoding.ts';
import { type Given, type OptionSpec, UsageError } from './command.ts';

/** Options of `datasets import` that only tables of rows have; the label, given splits and the encoding are as of texts. */
export const tableOptions: readonly OptionSpec[] = [
  {
    name: 'columns',
    value: 'C=USE,...',
    help: 'tables: what columns are: number, category or ignored (default: found by what they hold)',
    repeats: 'yes',
  },
];

/** Those of texts that say something of tables too. */
const shared = ['label', 'split-column', 'no-header', 'encoding'] as const;

/** The choices of columns; null where none of the options was given. */
export function tableImportOf(given: Given): TableImport | null {
  if (![...shared, ...tableOptions.map(({ name }) => name)].some((name) => given.has(name))) return null;
  return {
    ...defaultTableImport,
    label: given.text('label') ?? null,
    columns: Object.fromEntries(given.all('columns').flatMap(usesIn)),
    header: given.has('no-header') ? 'no' : 'yes',
    encoding: textEncodingChoiceSchema.parse(given.text('encoding') ?? 'auto'),
  };
}

/** "age=number,city=category"; a name may hold "=" and, where the parts beside it are whole, commas. */
function usesIn(text: string): [string, ColumnUse][] {
  const uses: [string, ColumnUse][] = [];
  let before = '';
  for (const part of text.split(',')) {
    const whole = before + part;
    const at = whole.lastIndexOf('=');
    const use = columnUseSchema.safeParse(whole.slice(at + 1).trim());
    if (at > 0 && use.success) {
      uses.push([whole.slice(0, at).trim(), use.data]);
      before = '';
    } else {
      before = `${whole},`;
    }
  }
  if (before === '' && uses.length > 0) return uses;
  throw new UsageError(
    `--columns is "${text}"; allowed: COLUMN=number, COLUMN=category or COLUMN=ignored, with commas between them.`,
    'For example: --columns age=number,city=category,id=ignored',
  );
}
