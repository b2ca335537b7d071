import type { ModelSummary } from '../../../shared/models/model.ts';
import { plural } from '../../app/format.ts';

/** "22.7 M", "110 M", "4,386": a number of parameters in the space of a column. */
export function shortCount(count: number): string {
  const [value, unit] = count >= 1e9 ? [count / 1e9, ' B'] : count >= 1e6 ? [count / 1e6, ' M'] : [count, ''];
  if (unit === '') return value.toLocaleString('en');
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)}${unit}`;
}

/** What is lost when a model is removed. */
export function removalWords({ usedByRuns, origin }: Pick<ModelSummary, 'usedByRuns' | 'origin'>): string {
  const runs =
    usedByRuns === 0
      ? 'No run uses it.'
      : `${plural(usedByRuns, 'run')} ${usedByRuns === 1 ? 'uses' : 'use'} it and could not be resumed, evaluated or exported without it; their numbers stay.`;
  const files =
    origin === 'imported'
      ? 'Its copy in the data folder is deleted; the folder that was imported stays.'
      : 'Its files are deleted; the run that made it stays.';
  return `${runs} ${files}`;
}

/** Models that runs made, beginning with this one. */
export const madeFrom = (model: Pick<ModelSummary, 'id'>, models: readonly ModelSummary[]): readonly ModelSummary[] =>
  models.filter(({ lineage }) => lineage?.base?.id === model.id);
