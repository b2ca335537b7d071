import type { DatasetSummary } from '../../../shared/datasets/dataset.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import type { IconName } from '../../ui/icon.tsx';
import { fuzzy } from './fuzzy.ts';

/** One line of the palette. */
export interface PaletteItem {
  readonly id: string;
  readonly text: string;
  readonly places: readonly number[];
  readonly note?: string;
  readonly end?: string;
  readonly keys?: string;
  readonly mark:
    | { readonly kind: 'icon'; readonly icon: IconName }
    | { readonly kind: 'run'; readonly run: RunSummary };
  /** What Tab lists the deeds of. */
  readonly run?: RunSummary;
  readonly act: () => void;
}

export interface PaletteSection {
  readonly title: string;
  readonly items: readonly PaletteItem[];
}

export interface Command {
  readonly id: string;
  readonly text: string;
  readonly icon: IconName;
  readonly keys?: string;
  readonly note?: string;
  readonly act: () => void;
}

export interface PaletteInput {
  /** As typed, with its prefix. */
  readonly query: string;
  readonly runs: readonly RunSummary[];
  readonly datasets: readonly DatasetSummary[];
  readonly commands: readonly Command[];
  readonly describe: (run: RunSummary) => { readonly note: string; readonly end: string };
  readonly openRun: (run: RunSummary) => void;
  readonly openDataset: (dataset: DatasetSummary) => void;
  readonly showOnly: (filter: string) => void;
}

const runsShown = 6;
const shown = 8;

interface Ranked {
  readonly item: PaletteItem;
  readonly score: number;
}

const best = (ranked: readonly Ranked[], count: number): PaletteItem[] =>
  [...ranked]
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ item }) => item);

/** What the palette lists: `>` only commands, `#` tags, `@` datasets; without a prefix everything. */
export function paletteSections(input: PaletteInput): readonly PaletteSection[] {
  const prefix = /^[>#@]/.exec(input.query)?.[0] ?? '';
  const query = input.query.slice(prefix.length).trim();
  const sections: PaletteSection[] = [];
  if (prefix === '') sections.push({ title: 'Runs', items: best(rankRuns(input, query), runsShown) });
  if (prefix === '#') sections.push({ title: 'Tags', items: best(rankTags(input, query), shown) });
  if (prefix === '@' || (prefix === '' && query !== '')) {
    sections.push({ title: 'Datasets', items: best(rankDatasets(input, query), prefix === '@' ? shown : 3) });
  }
  if (prefix === '>' || prefix === '') {
    sections.push({ title: 'Commands', items: best(rankCommands(input, query), prefix === '>' ? 40 : shown) });
  }
  if (prefix === '' && query !== '') sections.push({ title: 'Filter', items: [filterItem(input, query)] });
  return sections.filter(({ items }) => items.length > 0);
}

/** By match, then star, then recency. */
function rankRuns({ runs, describe, openRun }: PaletteInput, query: string): Ranked[] {
  return runs.flatMap((run, index) => {
    const match = fuzzy(query, run.name);
    if (!match) return [];
    const item: PaletteItem = {
      id: run.id,
      text: run.name,
      places: match.places,
      ...describe(run),
      mark: { kind: 'run', run },
      run,
      act: () => openRun(run),
    };
    return [{ item, score: match.score + (run.starred === 'yes' ? 1 : 0) - index / 1000 }];
  });
}

function rankTags({ runs, showOnly }: PaletteInput, query: string): Ranked[] {
  const counts = new Map<string, number>();
  for (const run of runs) for (const tag of run.config.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].flatMap(([tag, count]) => {
    const match = fuzzy(query, tag);
    const filter = `tag:${/\s/.test(tag) ? `"${tag}"` : tag}`;
    return match
      ? [
          {
            item: {
              id: `tag-${tag}`,
              text: tag,
              places: match.places,
              end: count === 1 ? '1 run' : `${count} runs`,
              mark: { kind: 'icon' as const, icon: 'tag' as const },
              act: () => showOnly(filter),
            },
            score: match.score,
          },
        ]
      : [];
  });
}

function rankDatasets({ datasets, openDataset }: PaletteInput, query: string): Ranked[] {
  return datasets.flatMap((dataset) => {
    const match = fuzzy(query, dataset.name);
    return match
      ? [
          {
            item: {
              id: `dataset-${dataset.id}`,
              text: dataset.name,
              places: match.places,
              note: dataset.source,
              mark: { kind: 'icon' as const, icon: 'dataset' as const },
              act: () => openDataset(dataset),
            },
            score: match.score,
          },
        ]
      : [];
  });
}

function rankCommands({ commands }: PaletteInput, query: string): Ranked[] {
  return commands.flatMap((command, index) => {
    const match = fuzzy(query, command.text);
    return match
      ? [{ item: commandItem(command, match.places), score: match.score - (query === '' ? index / 100 : 0) }]
      : [];
  });
}

export const commandItem = (command: Command, places: readonly number[] = []): PaletteItem => ({
  id: command.id,
  text: command.text,
  places,
  ...(command.keys ? { keys: command.keys } : {}),
  ...(command.note ? { note: command.note } : {}),
  mark: { kind: 'icon', icon: command.icon },
  act: command.act,
});

const filterItem = ({ showOnly }: PaletteInput, query: string): PaletteItem => ({
  id: 'show-only',
  text: `Show only runs with ${query}`,
  places: [],
  mark: { kind: 'icon', icon: 'filter' },
  act: () => showOnly(query),
});
