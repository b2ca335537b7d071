import { nearestWord } from '../../shared/text/nearest-word.ts';
import { type Command, UsageError } from './command.ts';

export type Chosen =
  | { readonly what: 'command'; readonly command: Command; readonly words: readonly string[] }
  /** Help on everything, or on the commands of one word such as `datasets`. */
  | { readonly what: 'overview'; readonly commands: readonly Command[] };

/** The command that the first one or two words name, with the words after it. Throws a UsageError for any other. */
export function chooseCommand(
  words: readonly string[],
  commands: readonly Command[],
  later: readonly string[],
): Chosen {
  const ordered = commonOptionsLast(words);
  const named = ordered[0] === 'help' ? [...ordered.slice(1), '--help'] : ordered;
  const [first, second] = named;
  if (first === undefined || first === '--help' || first === '-h') return { what: 'overview', commands };
  if (later.includes(first)) {
    throw new UsageError(`innerloop ${first} is not in this version.`, 'See what is: innerloop --help');
  }
  const single = commands.find(({ name }) => name === first);
  if (single) return { what: 'command', command: single, words: named.slice(1) };
  const family = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (family.length === 0) throw unknownCommand(first, commands);
  if (second === undefined || second.startsWith('-')) {
    if (second === '--help' || second === '-h') return { what: 'overview', commands: family };
    const names = family.map(({ name }) => name.slice(first.length + 1));
    throw new UsageError(`innerloop ${first} needs one of: ${names.join(', ')}.`);
  }
  const found = family.find(({ name }) => name === `${first} ${second}`);
  if (!found) throw unknownCommand(`${first} ${second}`, family);
  return { what: 'command', command: found, words: named.slice(2) };
}

/** `innerloop --home DIR runs` means `innerloop runs --home DIR`. */
function commonOptionsLast(words: readonly string[]): readonly string[] {
  const taken = words[0] === '--home' ? 2 : words[0] === '--json' || words[0]?.startsWith('--home=') ? 1 : 0;
  if (taken === 0 || words.length <= taken) return words;
  return [...commonOptionsLast(words.slice(taken)), ...words.slice(0, taken)];
}

function unknownCommand(typed: string, commands: readonly Command[]): UsageError {
  const names = commands.map(({ name }) => name);
  const families = names.map((name) => name.split(' ')[0]!);
  const nearest = nearestWord(typed, [...new Set([...names, ...families])]);
  const remedy = nearest === undefined ? 'See what there is: innerloop --help' : `Did you mean innerloop ${nearest}?`;
  return new UsageError(`There is no command innerloop ${typed}.`, remedy);
}
