import { type MetricInfo, metricCatalog, metricInfo } from '../../../shared/metrics/catalog.ts';
import { isFineTune } from '../../../shared/run-config/schema.ts';
import { metricOf } from '../../../shared/run-config/task-facts.ts';
import type { RunSummary } from '../../../shared/runs/run.ts';
import type { Axis } from '../../charts/series.ts';

/** What can be drawn of these runs: accuracies only where something is classified; no helper series. */
export function metricOptions(runs: readonly RunSummary[]): readonly MetricInfo[] {
  const classified = runs.some(({ config }) => metricOf(config) === 'accuracy');
  const fineTuned = runs.some(({ config }) => isFineTune(config));
  return metricCatalog
    .map((info) => wordedFor(runs, info))
    .filter(({ key }) => {
      if (key.endsWith('-ci95') || key === 'time/compute-seconds') return false;
      if (key === 'validation/macro-f1' || key === 'validation/mcc') return fineTuned; // of single examples alone
      return classified || !key.endsWith('/accuracy');
    });
}

/** Runs that are fine-tuned have no episodes, so that their training loss is not one of queries. */
const wordedFor = (runs: readonly RunSummary[], info: MetricInfo): MetricInfo =>
  info.key === 'train/loss' && runs.length > 0 && runs.every(({ config }) => isFineTune(config))
    ? { ...info, label: 'Training loss', axis: 'Cross-entropy' }
    : info;

/** The wanted metric where these runs have it, else what they are validated by; their loss where none is validated. */
export function chooseMetric(runs: readonly RunSummary[], wanted: string | null): MetricInfo {
  const options = metricOptions(runs);
  const found = options.find(({ key }) => key === wanted);
  if (!found && runs.length > 0 && runs.every(({ config }) => config.evaluation.every === 0))
    return wordedFor(runs, metricInfo('train/loss'));
  return found ?? options.find(({ key }) => key === 'validation/accuracy') ?? metricInfo('validation/loss');
}

export const metricAxis = ({ axis, unit }: MetricInfo, scale: 'linear' | 'log'): Axis => ({
  title: axis,
  scale,
  ...(unit === 'fraction' ? { unit: 'fraction' as const, limits: [0, 1] as const } : {}),
});
