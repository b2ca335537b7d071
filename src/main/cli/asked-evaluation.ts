import type { Classification, EvaluationFacts } from '../../shared/runs/classification-report.ts';
import { nearestWord } from '../../shared/text/nearest-word.ts';
import { evaluationName } from './classification-lines.ts';
import { type Core, type OptionSpec, UsageError } from './command.ts';

export const evaluationOption: OptionSpec = {
  name: 'evaluation',
  value: 'E',
  help: 'another than the final one: untrained, validation, requested (the latest of each) or an id',
};

/**
 * What the stored predictions of an evaluation come to: of the one that stands for the run, or of the one that is asked
 * for by kind (the latest of it) or id. Throws a usage error with those that there are.
 */
export async function askedClassification(core: Core, id: string, asked: string | undefined): Promise<Classification> {
  const standing = await core.request('runs.classification', { id });
  if (asked === undefined) return standing;
  const { available } = standing;
  const chosen =
    available.find((evaluation) => evaluation.id === asked) ?? available.findLast(({ kind }) => kind === asked);
  if (!chosen)
    throw new UsageError(`--evaluation: there is no "${asked}" with predictions.`, choices(asked, available));
  return chosen.id === standing.evaluation.id
    ? standing
    : core.request('runs.classification', { id, evaluation: chosen.id });
}

function choices(asked: string, available: readonly EvaluationFacts[]): string {
  const nearest = nearestWord(asked, [...available.map(({ kind }) => kind), ...available.map(({ id }) => id)]);
  if (nearest !== undefined) return `Did you mean ${nearest}?`;
  return ['There are:', ...available.map((facts) => `  ${facts.id}  ${evaluationName(facts)}`)].join('\n');
}
