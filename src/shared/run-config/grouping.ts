import type { RunConfig } from './schema.ts';

/** Fields that do not change what is computed, so runs that differ only there stand in one group. */
const ignored = new Set(['name', 'tags', 'note', 'seed']);

/** Stable text of everything but the seed (and names): equal for runs of one config over several seeds. */
export function groupKeyOf(config: RunConfig): string {
  return stableJson(Object.fromEntries(Object.entries(config).filter(([key]) => !ignored.has(key))));
}

/** JSON with sorted keys: equal values give equal text. */
export function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${stableJson(child)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

export interface FieldDifference {
  readonly path: string;
  /** One value per config, in the order given; undefined where a config has no such field. */
  readonly values: readonly unknown[];
}

/** Leaf fields in which the configs differ, in schema order. */
export function configDifferences(configs: readonly RunConfig[]): FieldDifference[] {
  const flattened = configs.map((config) => flatten(config));
  const paths = [...new Set(flattened.flatMap((leaves) => [...leaves.keys()]))];
  return paths
    .map((path) => ({ path, values: flattened.map((leaves) => leaves.get(path)) }))
    .filter(({ values }) => new Set(values.map(stableJson)).size > 1);
}

/** Dotted leaf paths with their values; lists count as leaves. */
export function flatten(value: object, prefix = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [key, child] of Object.entries(value)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof child === 'object' && child !== null && !Array.isArray(child)) {
      for (const [leaf, leafValue] of flatten(child, path)) leaves.set(leaf, leafValue);
    } else leaves.set(path, child);
  }
  return leaves;
}
