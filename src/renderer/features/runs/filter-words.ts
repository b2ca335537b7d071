import { namedFilterFields } from '../../../shared/runs/filter-fields.ts';

/** A filter text cut into pieces for showing; unlike the parser's tokens they cover every character, also of wrong text. */
export interface FilterPiece {
  readonly kind: 'field' | 'operator' | 'value' | 'space';
  readonly text: string;
  readonly start: number;
}

const pattern = /(\s+)|(\bor\b|[()])|(-?)([A-Za-z][\w./-]*)(!=|>=|<=|[:=<>])|("[^"]*"?|[^\s()"]+)/giy;

export function filterPieces(text: string): FilterPiece[] {
  const pieces: FilterPiece[] = [];
  const push = (kind: FilterPiece['kind'], piece: string | undefined, start: number): number => {
    if (piece) pieces.push({ kind, text: piece, start });
    return start + (piece?.length ?? 0);
  };
  pattern.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) {
      at = push('value', text[at], at);
      continue;
    }
    const [, space, word, minus, field, operator, value] = match;
    if (space) at = push('space', space, at);
    else if (word) at = push('operator', word, at);
    else if (field) at = push('operator', operator, push('field', field, push('operator', minus, at)));
    else at = push('value', value, at);
  }
  return pieces;
}

export interface Completion {
  readonly text: string;
  /** The whole filter once this is taken, and where the caret goes. */
  readonly filter: string;
  readonly caret: number;
}

/** What could stand in the place of the word that ends at the caret; `known` are values met in the runs, by field. */
export function completions(
  filter: string,
  caret: number,
  known: Readonly<Record<string, readonly string[]>>,
): Completion[] {
  const word = /[^\s()]*$/.exec(filter.slice(0, caret))?.[0] ?? '';
  const start = caret - word.length;
  const offer = (text: string, ending: string): Completion => ({
    text,
    filter: `${filter.slice(0, start)}${text}${ending}${filter.slice(caret)}`,
    caret: start + text.length + ending.length,
  });
  const valued = /^-?([\w./-]+):(?:.*,)?([^,]*)$/.exec(word);
  if (valued) {
    const [, name = '', typed = ''] = valued;
    const field = namedFilterFields.find((each) => each.name === name);
    const head = word.slice(0, word.length - typed.length);
    return [...(field?.choices ?? []), ...(known[name] ?? [])]
      .filter((value) => value.toLowerCase().startsWith(typed.toLowerCase()) && value !== typed)
      .slice(0, 8)
      .map((value) => offer(`${head}${/\s/.test(value) ? `"${value}"` : value}`, ' '));
  }
  const typed = word.replace(/^-/, '').toLowerCase();
  if (typed === '') return [];
  return namedFilterFields
    .filter(({ name }) => name.startsWith(typed))
    .slice(0, 8)
    .map(({ name, kind }) => offer(`${word.startsWith('-') ? '-' : ''}${name}`, kind === 'number' ? '>' : ':'));
}
