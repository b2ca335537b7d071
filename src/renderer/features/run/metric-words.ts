import { type MetricInfo, metricInfo } from '../../../shared/metrics/catalog.ts';
import { isFineTune, type RunConfig } from '../../../shared/run-config/schema.ts';

/** What a metric is called in a run that learns from examples and not from tasks. */
const ofFineTuning: Readonly<Record<string, Partial<MetricInfo>>> = {
  'train/loss': { label: 'Training loss', axis: 'Cross-entropy of the batch (nats)' },
  'train/accuracy': { label: 'Training accuracy', axis: 'Accuracy of the batch (%)' },
  'train/gradient-norm': { label: 'Gradient norm' },
  'validation/loss': { axis: 'Cross-entropy (nats)' },
  'validation/accuracy': { axis: 'Accuracy (%)' },
  'time/iterations-per-second': { axis: 'Steps per second' },
};

/** Words, unit and direction of a metric, as they are for this kind of run. */
export const metricWords = (key: string, config: RunConfig): MetricInfo => ({
  ...metricInfo(key),
  ...(isFineTune(config) ? ofFineTuning[key] : {}),
});
