/** What a stored metric means: its words, unit and direction. Keys that are not here are shown by their name. */
export interface MetricInfo {
  readonly key: string;
  readonly label: string;
  /** Title of a chart's axis, with the unit. */
  readonly axis: string;
  readonly unit: 'nats' | 'fraction' | 'squared' | 'milliseconds' | 'seconds' | 'megabytes' | 'per-second' | 'none';
  readonly better: 'lower' | 'higher' | 'neither';
}

/**
 * Keys written by the trainer. Steps are meta-iterations counted from 1; validation metrics stand at the iteration
 * after which they were measured (0: before training). Losses and accuracies are means over the iteration's tasks.
 */
export const metricCatalog: readonly MetricInfo[] = [
  { key: 'train/loss', label: 'Meta-train loss', axis: 'Query loss', unit: 'none', better: 'lower' },
  {
    key: 'train/accuracy',
    label: 'Meta-train accuracy',
    axis: 'Query accuracy (%)',
    unit: 'fraction',
    better: 'higher',
  },
  { key: 'train/gradient-norm', label: 'Meta-gradient norm', axis: 'Global norm', unit: 'none', better: 'neither' },
  { key: 'validation/loss', label: 'Validation loss', axis: 'Query loss', unit: 'none', better: 'lower' },
  { key: 'validation/loss-ci95', label: 'Validation loss, 95 % CI', axis: 'Half width', unit: 'none', better: 'lower' },
  {
    key: 'validation/accuracy',
    label: 'Validation accuracy',
    axis: 'Query accuracy (%)',
    unit: 'fraction',
    better: 'higher',
  },
  {
    key: 'validation/accuracy-ci95',
    label: 'Validation accuracy, 95 % CI',
    axis: 'Half width (%)',
    unit: 'fraction',
    better: 'lower',
  },
  {
    key: 'validation/macro-f1',
    label: 'Validation macro F1',
    axis: 'Macro F1 (%)',
    unit: 'fraction',
    better: 'higher',
  },
  { key: 'validation/mcc', label: 'Validation MCC', axis: 'Matthews correlation', unit: 'none', better: 'higher' },
  {
    key: 'time/compute-seconds',
    label: 'Compute time',
    axis: 'Compute time (s, pauses excluded)',
    unit: 'seconds',
    better: 'lower',
  },
  {
    key: 'time/iterations-per-second',
    label: 'Speed',
    axis: 'Meta-iterations per second',
    unit: 'per-second',
    better: 'higher',
  },
  {
    key: 'system/memory-mb',
    label: 'Memory',
    axis: 'Resident memory of the trainer (MB)',
    unit: 'megabytes',
    better: 'lower',
  },
  { key: 'system/cpu-percent', label: 'CPU', axis: 'CPU of the trainer (%)', unit: 'none', better: 'neither' },
];

export const metricInfo = (key: string): MetricInfo =>
  metricCatalog.find((info) => info.key === key) ?? { key, label: key, axis: key, unit: 'none', better: 'neither' };
