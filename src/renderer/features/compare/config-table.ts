import { standaloneLabel } from '../../../shared/run-config/field-label.ts';
import { fields } from '../../../shared/run-config/fields.ts';
import { flatten, stableJson } from '../../../shared/run-config/grouping.ts';
import { setting } from '../../app/format.ts';
import type { CompareGroup, Grouping } from './groups.ts';

export interface ConfigRow {
  readonly path: string;
  readonly label: string;
  /** One text per group; "–" where its config has no such field. */
  readonly values: readonly string[];
  /** `odd` where a value is not the one that most groups have. */
  readonly looks: readonly ('same' | 'odd')[];
  readonly differs: 'yes' | 'no';
}

const aside = new Set(['name', 'tags', 'note']);

/** Every field of the groups' configs, in the order of the schema. Seeds are a field only when runs stand alone. */
export function configRows(groups: readonly CompareGroup[], grouping: Grouping): readonly ConfigRow[] {
  const leaves = groups.map(({ runs }) => flatten(runs[0]!.config));
  const paths = new Set(leaves.flatMap((values) => [...values.keys()]));
  const known = fields.filter(({ path }) => paths.has(path) && !aside.has(path));
  return known
    .filter(({ path }) => path !== 'seed' || grouping === 'run')
    .map((field) => {
      const found = leaves.map((values) => values.get(field.path));
      const keys = found.map(stableJson);
      const usual = mostFrequent(keys);
      const differs = new Set(keys).size > 1;
      return {
        path: field.path,
        label: standaloneLabel(field),
        values: found.map((value) => valueWords(value, field.choices)),
        looks: keys.map((key) => (differs && (key !== usual.key || usual.times === 1) ? 'odd' : 'same')),
        differs: differs ? 'yes' : 'no',
      };
    });
}

function valueWords(value: unknown, choices: Readonly<Record<string, string>> | undefined): string {
  if (value === undefined) return '–';
  if (typeof value === 'number') return setting(value);
  if (Array.isArray(value)) return value.join(', ');
  return choices?.[String(value)] ?? String(value);
}

function mostFrequent(keys: readonly string[]): { readonly key: string; readonly times: number } {
  const times = new Map<string, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  let best = { key: '', times: 0 };
  for (const [key, number] of times) if (number > best.times) best = { key, times: number };
  return best;
}

/** The table as tab-separated text, for a spreadsheet. */
export const tableText = (groups: readonly CompareGroup[], rows: readonly ConfigRow[]): string =>
  [['Field', ...groups.map(({ name }) => name)], ...rows.map(({ label, values }) => [label, ...values])]
    .map((cells) => cells.join('\t'))
    .join('\n');
