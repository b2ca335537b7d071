/**
 * A filter text cut into pieces for showing: fields, operators, values. What a filter means is the core's business;
 * this only colours it and finds the word that an error speaks of.
 */
export interface FilterPiece {
  readonly kind: 'field' | 'operator' | 'value' | 'space';
  readonly text: string;
  readonly start: number;
}

const pattern = /(\s+)|(\bor\b|[()])|(-?)([\w.-]+)(:|>=|<=|>|<)|("[^"]*"?|[^\s()"]+)/giy;

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

/** Where the word that an error's sentence quotes stands in the text; null when it quotes none of it. */
export function wrongWord(text: string, message: string): { readonly start: number; readonly length: number } | null {
  for (const [, quoted] of message.matchAll(/["“']([^"”']+)["”']/g)) {
    const start = quoted ? text.toLowerCase().indexOf(quoted.toLowerCase()) : -1;
    if (quoted && start >= 0) return { start, length: quoted.length };
  }
  return null;
}

/** Fields that can be filtered by, for completion while one types. */
export const filterFields: readonly { readonly name: string; readonly values: readonly string[] }[] = [
  { name: 'name', values: [] },
  { name: 'state', values: ['completed', 'running', 'queued', 'paused', 'stopped', 'interrupted', 'failed'] },
  { name: 'algorithm', values: ['maml', 'fomaml'] },
  { name: 'dataset', values: [] },
  { name: 'task', values: ['sinusoid', 'image-classes'] },
  { name: 'tag', values: [] },
  { name: 'starred', values: ['yes', 'no'] },
  { name: 'seed', values: [] },
];

export interface Completion {
  readonly text: string;
  /** The whole filter once this is taken, and where the caret goes. */
  readonly filter: string;
  readonly caret: number;
}

/** What could stand in the place of the word that ends at the caret. */
export function completions(
  filter: string,
  caret: number,
  known: Readonly<Record<string, readonly string[]>>,
): Completion[] {
  const before = filter.slice(0, caret);
  const word = /[^\s()]*$/.exec(before)?.[0] ?? '';
  const start = caret - word.length;
  const offer = (text: string, ending: string): Completion => {
    const taken = `${filter.slice(0, start)}${text}${ending}${filter.slice(caret)}`;
    return { text, filter: taken, caret: start + text.length + ending.length };
  };
  const valued = /^(-?)(\w+):(?:.*,)?([^,]*)$/.exec(word);
  if (valued) {
    const [, , field = '', typed = ''] = valued;
    const values = [...(filterFields.find(({ name }) => name === field)?.values ?? []), ...(known[field] ?? [])];
    const head = word.slice(0, word.length - typed.length);
    return values
      .filter((value) => value.toLowerCase().startsWith(typed.toLowerCase()) && value !== typed)
      .slice(0, 8)
      .map((value) => offer(`${head}${/\s/.test(value) ? `"${value}"` : value}`, ' '));
  }
  const typed = word.replace(/^-/, '');
  if (typed === '') return [];
  return filterFields
    .filter(({ name }) => name.startsWith(typed.toLowerCase()))
    .map(({ name }) => offer(`${word.startsWith('-') ? '-' : ''}${name}:`, ''));
}
