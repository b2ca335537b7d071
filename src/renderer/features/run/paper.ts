import { presetWithAlgorithm } from '../../../shared/run-config/algorithm-defaults.ts';
import { valueAtPath } from '../../../shared/run-config/fields.ts';
import { flatten } from '../../../shared/run-config/grouping.ts';
import { type Preset, presets } from '../../../shared/run-config/presets.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { setting } from '../../app/format.ts';

/** How a run's config stands to the paper that it follows. */
export interface PaperComparison {
  /** null where no paper has such tasks. */
  readonly preset: Preset | null;
  /** Field paths whose value is not the paper's, with the paper's value and its citation. */
  readonly differences: ReadonlyMap<string, { readonly paper: unknown; readonly source: string }>;
}

/** Values that are the product's own choice, not a paper's. */
const ownSource = 'Innerloop';

/** The paper's preset that this config is nearest to: same task, fewest fields that differ; with what its algorithm's own paper says. */
export function comparePaper(config: RunConfig): PaperComparison {
  const candidates = presets.filter(
    ({ id, config: of }) => id.startsWith('finn-') && of.task.kind === config.task.kind,
  );
  const compared = candidates
    .map((preset) => presetWithAlgorithm(preset, config.algorithm.kind))
    .map((preset) => ({ preset, differences: differencesFrom(preset, config) }));
  const none: PaperComparison = { preset: null, differences: new Map() };
  return compared.reduce(
    (best, next) => (best.preset === null || next.differences.size < best.differences.size ? next : best),
    none,
  );
}

function differencesFrom(preset: Preset, config: RunConfig): PaperComparison['differences'] {
  const differences = new Map<string, { readonly paper: unknown; readonly source: string }>();
  for (const [path, paper] of flatten(preset.config)) {
    const source = preset.sources[path] ?? preset.sources[path.split('.').slice(0, -1).join('.')];
    if (!source || source.startsWith(ownSource)) continue;
    if (JSON.stringify(valueAtPath(config, path)) !== JSON.stringify(paper)) differences.set(path, { paper, source });
  }
  return differences;
}

/** A setting in words: numbers plainly, lists with dashes, choices as they are. */
export function settingText(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value === 'number') return setting(value);
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(settingText).join('-');
  return String(value);
}
