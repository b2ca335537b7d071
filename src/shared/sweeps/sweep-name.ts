import { resolveRunName } from '../run-config/naming.ts';
import type { SweepAxis, SweepPoint } from './sweep.ts';
import { valueWord } from './sweep-text.ts';

const longestName = 120;
const longestWord = 24;
const seedEnd = '-s{seed}';

/**
 * A name template for each point of a sweep. Where the names tell the points apart they stay as they are; else the
 * values that do so are added, before the seed: `maml-sine-10p-rate0.1-s{seed}`.
 */
export function sweepNames(points: readonly SweepPoint[], axes: readonly SweepAxis[]): readonly string[] {
  const differing = (names: readonly string[]): number => new Set(names).size;
  let added: readonly string[] = points.map(() => '');
  let distinct = differing(points.map(({ config }) => resolveRunName(config)));
  if (distinct === points.length) return points.map(({ config }) => config.name);
  for (const [index, axis] of axes.entries()) {
    const prefix = prefixOf(axis, axes);
    const longer = points.map(({ values }, at) => added[at]! + wordOf(prefix, values[index]));
    const names = points.map(({ config }, at) => resolveRunName({ ...config, name: withWords(config, longer[at]!) }));
    const more = differing(names);
    if (more > distinct) [added, distinct] = [longer, more];
  }
  return points.map(({ config }, at) => withWords(config, added[at]!));
}

/** The last word of the path, with the one before it where two axes share it; none for kinds, which speak for themselves. */
function prefixOf({ path }: SweepAxis, axes: readonly SweepAxis[]): string {
  const keys = path.split('.');
  const last = keys.at(-1)!;
  if (last === 'kind' || keys.length === 1) return '';
  const shared = axes.some((other) => other.path !== path && other.path.split('.').at(-1) === last);
  return shared ? `${keys.at(-2)}-${last}` : last;
}

function wordOf(prefix: string, value: unknown): string {
  if (value === undefined) return '';
  const word = valueWord(value)
    .replace(/[^A-Za-z0-9.+-]+/g, '-')
    .slice(0, longestWord);
  return `-${prefix}${prefix !== '' && /^[A-Za-z]/.test(word) ? '-' : ''}${word}`;
}

/** The name as it stands in the config, or where that is empty the one made of it, with its seed left open. */
function templateOf(config: SweepPoint['config']): string {
  const given = config.name.trim();
  if (given !== '') return given;
  const made = resolveRunName(config);
  const end = `-s${config.seed}`;
  return made.endsWith(end) ? `${made.slice(0, -end.length)}${seedEnd}` : made;
}

function withWords(config: SweepPoint['config'], words: string): string {
  const template = templateOf(config);
  const base = template.endsWith(seedEnd) ? template.slice(0, -seedEnd.length) : template;
  const end = template.endsWith(seedEnd) ? seedEnd : '';
  return `${base.slice(0, Math.max(0, longestName - words.length - end.length))}${words.slice(0, longestName - end.length)}${end}`;
}
