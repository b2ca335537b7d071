import type { Command, OptionSpec } from './command.ts';
import { commonOptions, usageLine } from './parse-arguments.ts';
import { tableLines } from './table.ts';

/** The list of commands. */
export function overviewText(commands: readonly Command[], version: string): string {
  const rows = tableLines(
    [
      { title: '', cells: commands.map(({ name }) => name) },
      { title: '', cells: commands.map(({ summary }) => summary) },
    ],
    Number.POSITIVE_INFINITY,
  ).slice(1);
  return [
    `Innerloop ${version}: experiments in meta-learning, on the same data as the window.`,
    '',
    'Usage: innerloop COMMAND [arguments] [options]',
    '',
    ...rows.map((row) => `  ${row}`),
    '',
    'Each command explains itself, with an example: innerloop COMMAND --help',
    'Exit codes: 0 done, 1 failed, 2 wrong arguments or config, 130 interrupted (state kept).',
  ].join('\n');
}

/** One command: what it takes, and an example. */
export function helpText(command: Command): string {
  const sections = [
    `innerloop ${command.name}: ${command.summary}.`,
    usageLine(command),
    listed(
      'Arguments',
      command.arguments.map(({ name, help }) => [name, help]),
    ),
    listed(
      'Options',
      [...command.options, ...commonOptions].map((option) => [shownOption(option), option.help]),
    ),
    command.details ?? '',
    ['Examples', ...command.examples.map((example) => `  innerloop ${example}`)].join('\n'),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

const shownOption = ({ name, value, repeats }: OptionSpec): string =>
  `--${name}${value === undefined ? '' : ` ${value}`}${repeats === 'yes' ? ' ...' : ''}`;

function listed(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([name]) => name.length));
  return [title, ...rows.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`)].join('\n');
}
