import type { Evaluation } from '../../../shared/runs/run.ts';
import { compact } from '../../app/format.ts';
import type { ChartSeries, SeriesColour } from '../../charts/series.ts';

/** The evaluations whose adaptation curves are worth seeing together. */
export interface AdaptationChoice {
  readonly now: Evaluation | undefined;
  /** One or two validations from the beginning of the run, drawn grey. */
  readonly early: readonly Evaluation[];
  readonly untrained: Evaluation | undefined;
}

/** The final evaluation or the latest validation; the first validation and one about a quarter of the way. */
export function chooseAdaptation(evaluations: readonly Evaluation[]): AdaptationChoice {
  const validations = evaluations.filter(({ kind }) => kind === 'validation').sort((a, b) => a.iteration - b.iteration);
  const final = evaluations.filter(({ kind }) => kind === 'final').at(-1);
  const now = final ?? validations.at(-1);
  const reach = now?.iteration ?? 0;
  const before = validations.filter(({ iteration }) => iteration < reach * 0.6);
  const first = before.find(({ iteration }) => iteration > 0) ?? before[0];
  const quarter = before.find(({ iteration }) => iteration >= reach * 0.25);
  const early = [first, quarter].flatMap((each) => (each ? [each] : []));
  return {
    now,
    early: [...new Set(early)],
    untrained: evaluations.filter(({ kind }) => kind === 'untrained').at(-1),
  };
}

/** One curve a chosen evaluation: the metric after 0, 1, ... inner steps, with its interval for the present one. */
export function adaptationSeries(
  { now, early, untrained }: AdaptationChoice,
  metric: 'accuracy' | 'loss',
  colour: SeriesColour,
): ChartSeries[] {
  const line = (
    evaluation: Evaluation,
    rest: Pick<ChartSeries, 'name' | 'colour'> & Partial<ChartSeries>,
  ): ChartSeries => {
    const points = evaluation.perStep.filter((each) => metric === 'loss' || each.accuracy !== null);
    const value = (each: (typeof points)[number]): number => (metric === 'loss' ? each.loss : each.accuracy!);
    const half = (each: (typeof points)[number]): number =>
      metric === 'loss' ? each.lossCi95 : (each.accuracyCi95 ?? Number.NaN);
    return {
      key: evaluation.id,
      steps: points.map(({ step }) => step),
      values: points.map(value),
      band: {
        low: points.map((each) => value(each) - half(each)),
        high: points.map((each) => value(each) + half(each)),
      },
      endLabel: rest.name,
      endLabelLook: 'soft',
      ...rest,
    };
  };
  const at = ({ iteration }: Evaluation): string =>
    compact(iteration >= 1000 ? Math.round(iteration / 100) * 100 : iteration);
  const short = (evaluation: Evaluation): string =>
    evaluation.iteration >= 1000 ? `${Number((evaluation.iteration / 1000).toPrecision(3))}k` : at(evaluation);
  return [
    ...(untrained ? [line(untrained, { name: 'untrained', colour: 'neutral', width: 'thin' })] : []),
    ...early.map((each) => line(each, { name: short(each), colour: 'context' as const })),
    ...(now
      ? [
          line(now, {
            name: now.kind === 'final' ? 'final' : `${short(now)} now`,
            colour,
            dots: 'all',
            endLabelLook: 'strong',
          }),
        ]
      : []),
  ];
}
