import { parseArgs } from 'node:util';
import { nearestWord } from '../../shared/text/nearest-word.ts';
import { type ArgumentSpec, type Command, type Given, type OptionSpec, UsageError } from './command.ts';

/** Options of every command. */
export const commonOptions: readonly OptionSpec[] = [
  { name: 'home', value: 'DIR', help: 'data folder (default: INNERLOOP_HOME, else the per-user data folder)' },
  { name: 'json', help: 'one JSON value as the last line of standard output, everything else on standard error' },
  { name: 'help', help: 'this text' },
];

/** Checks a command's words against what it takes. Throws a UsageError that names the wrong word and the nearest right one. */
export function parseArguments(command: Command, words: readonly string[]): Given {
  const specs = [...command.options, ...commonOptions];
  const { positionals, values } = readWords(command, words, specs);
  const given = givenOf(positionals, values);
  if (!given.has('help')) checkPositionals(command, positionals);
  return given;
}

function readWords(command: Command, words: readonly string[], specs: readonly OptionSpec[]) {
  const options = Object.fromEntries(
    specs.map((spec) => [
      spec.name,
      { type: typeOf(spec), multiple: true, ...(spec.name === 'help' ? { short: 'h' } : {}) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = specs.find(({ name }) => name === token.name);
    if (!spec) throw unknownOption(command, token.rawName, specs);
    values.set(spec.name, [...(values.get(spec.name) ?? []), checkedValue(spec, typedValue(token))]);
    const count = values.get(spec.name)?.length ?? 0;
    if (count > 1 && spec.value && spec.repeats !== 'yes') {
      throw new UsageError(`--${spec.name} stands ${count} times; give it once.`);
    }
  }
  return { positionals, values };
}

const typeOf = (spec: OptionSpec): 'string' | 'boolean' => (spec.value === undefined ? 'boolean' : 'string');

/** A value that looks like an option is one: `--name --json` has forgotten the name. */
const typedValue = ({
  value,
  inlineValue,
}: {
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}) => (value?.startsWith('--') && inlineValue !== true ? undefined : value);

function checkedValue(spec: OptionSpec, value: string | undefined): string {
  if (spec.value === undefined) {
    if (value === undefined) return 'yes';
    throw new UsageError(`--${spec.name} is a switch and takes no value, got "${value}".`);
  }
  if (value === undefined) throw new UsageError(`--${spec.name} needs a value: --${spec.name} ${spec.value}.`);
  if (spec.choices && !spec.choices.includes(value)) {
    const nearest = nearestWord(value, spec.choices);
    const remedy = nearest === undefined ? null : `Did you mean ${nearest}?`;
    throw new UsageError(`--${spec.name} is "${value}"; allowed: ${spec.choices.join(' or ')}.`, remedy);
  }
  return value;
}

function unknownOption(command: Command, typed: string, specs: readonly OptionSpec[]): UsageError {
  const nearest = nearestWord(
    typed,
    specs.map(({ name }) => `--${name}`),
  );
  const remedy = nearest ? `Did you mean ${nearest}?` : `See: innerloop ${command.name} --help`;
  return new UsageError(`innerloop ${command.name} has no option ${typed}.`, remedy);
}

function checkPositionals(command: Command, positionals: readonly string[]): void {
  const required = command.arguments.filter(({ count }) => count !== 'optional').length;
  const most = command.arguments.some(({ count }) => count === 'many')
    ? Number.POSITIVE_INFINITY
    : command.arguments.length;
  if (positionals.length < required) {
    const missing = command.arguments[positionals.length]!;
    throw new UsageError(`${missing.name} is missing: ${missing.help}.`, usageLine(command));
  }
  if (positionals.length > most) {
    throw new UsageError(`"${positionals[most]}" is one argument too many.`, usageLine(command));
  }
}

/** "Usage: innerloop show RUN [options]". */
export function usageLine(command: Command): string {
  const words = command.arguments.map(shownArgument);
  return ['Usage: innerloop', command.name, ...words, '[options]'].join(' ');
}

const shownArgument = ({ name, count }: ArgumentSpec): string =>
  count === 'optional' ? `[${name}]` : count === 'many' ? `${name}...` : name;

function givenOf(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>): Given {
  const text = (option: string) => values.get(option)?.at(-1);
  return {
    positionals,
    text,
    all: (option) => values.get(option) ?? [],
    has: (option) => values.has(option),
    wholeNumber: (option, minimum, maximum) => {
      const typed = text(option);
      if (typed === undefined) return undefined;
      const value = Number(typed);
      if (typed.trim() !== '' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
      throw new UsageError(`--${option} is "${typed}"; allowed: a whole number from ${minimum} to ${maximum}.`);
    },
  };
}
