import { join, resolve } from 'node:path';
import { type ExportFormat, exportFormats, exportFormatWords } from '../../../shared/exports/export-format.ts';
import { type Command, UsageError } from '../command.ts';
import { findRun } from '../find-run.ts';
import { bytes } from '../words.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'write a run out into a folder: its numbers, its parameters, or a model that others load',
  arguments: [{ name: 'RUN', help: 'number, id or name of a run', count: 'one' }],
  options: [
    { name: 'to', value: 'DIR', help: 'a new or empty folder; nothing is overwritten' },
    { name: 'format', value: 'F', help: exportFormats.join(', '), choices: exportFormats },
  ],
  details: ['Formats', ...exportFormats.map((format) => `  ${format.padEnd(11)}  ${exportFormatWords[format]}`)].join(
    '\n',
  ),
  examples: ['export 12 --format csv --to ./run-12', 'export spam --format huggingface --to ./spam-model'],
  run: async (given, context) => {
    const to = required(given.text('to'), 'to', 'the folder to write into');
    const format = required(given.text('format'), 'format', exportFormats.join(', ')) as ExportFormat;
    const run = await findRun(context.core(), given.positionals[0]!);
    context.terminal.status(`Exporting ${run.name}.`);
    const { folder, files } = await context
      .core()
      .request('runs.export', { id: run.id, format, to: resolve(context.cwd, to) });
    context.terminal.clearStatus();
    for (const file of files) context.terminal.say(`${join(folder, file.name)}  ${bytes(file.bytes)}`);
    context.terminal.answer({ run: run.id, format, folder, files });
    return 0;
  },
};

function required(value: string | undefined, option: string, what: string): string {
  if (value) return value;
  throw new UsageError(`--${option} is missing: ${what}.`, 'See the formats with: innerloop export --help');
}
