import { request } from '../../app/core.ts';

/** A comparison with a name; kept in the core's settings. */
export interface SavedComparison {
  readonly name: string;
  readonly runs: readonly string[];
}

const settingKey = 'compare.saved';
const longestSetting = 10_000; // limit of settings.set

/** What a stored text holds; what is not a comparison is left out. */
export function parseSaved(text: string | undefined): readonly SavedComparison[] {
  if (text === undefined) return [];
  try {
    const kept: unknown = JSON.parse(text);
    return Array.isArray(kept)
      ? kept.flatMap((each: unknown) => {
          const { name, runs } = (each ?? {}) as { readonly name?: unknown; readonly runs?: unknown };
          const ids = Array.isArray(runs) ? runs.filter((id): id is string => typeof id === 'string') : [];
          return typeof name === 'string' && ids.length > 0 ? [{ name, runs: ids }] : [];
        })
      : [];
  } catch {
    return []; // a damaged setting: start afresh
  }
}

export const savedIn = (settings: Readonly<Record<string, string>>): readonly SavedComparison[] =>
  parseSaved(settings[settingKey]);

/** Newest first; one of the same name is replaced. */
export const withComparison = (
  saved: readonly SavedComparison[],
  added: SavedComparison,
): readonly SavedComparison[] => [added, ...saved.filter(({ name }) => name !== added.name)];

/** Throws a RequestFailure, or a sentence when they are too many to keep. */
export async function storeComparisons(saved: readonly SavedComparison[]): Promise<void> {
  const value = JSON.stringify(saved);
  if (value.length > longestSetting) throw new Error('There are too many saved comparisons. Remove one and try again.');
  await request('settings.set', { key: settingKey, value });
}
