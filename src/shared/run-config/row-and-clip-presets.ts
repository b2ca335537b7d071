import type { RunConfig } from './schema.ts';

/**
 * Presets of the tasks on rows of a table and on clips of sound. No paper has exactly these: what one says stands beside
 * its values. Iterations and validations are settled by the dataset when a run is launched.
 */

const house = 'Innerloop';
const gorishniy = 'Gorishniy 2021'; // Revisiting deep learning models for tabular data: the MLP and its training
const sainath = 'Sainath 2015'; // Convolutional networks for small-footprint keyword spotting: 40 bands, 25 ms, every 10 ms
const kingma = 'Kingma 2015';

const fineTuning = {
  kind: 'fine-tune-network',
  start: 'scratch',
  startHead: 'keep',
  trained: 'all',
  classWeights: 'off',
} as const;

/** An MLP, trained until 16 epochs have brought no better validation. */
export const fineTuneRows = (base: RunConfig): RunConfig => ({
  ...base,
  task: { kind: 'table-classes', dataset: 'table', perClass: 0 },
  model: { kind: 'mlp', hidden: [128, 128], activation: 'relu', initialization: 'he-uniform' },
  algorithm: { ...fineTuning, epochs: 200, batch: 64, patience: 16 },
  outer: { ...base.outer, optimizer: 'adamw', rate: 0.001, weightDecay: 0.00001, metaBatch: 64 },
  evaluation: { ...base.evaluation, testSteps: 1 },
  checkpoints: { every: 0 },
});

/** Conv4 on the picture that time and bands make. */
export const fineTuneClips = (base: RunConfig): RunConfig => ({
  ...base,
  task: { kind: 'audio-classes', dataset: 'sounds', perClass: 0, features: 'log-mel', bands: 40 },
  model: {
    kind: 'conv4',
    filters: 32,
    downsampling: 'stride',
    batchNorm: 'inductive',
    initialization: 'he-normal',
  },
  algorithm: { ...fineTuning, epochs: 40, batch: 32, patience: 10 },
  outer: { ...base.outer, optimizer: 'adam', rate: 0.001, metaBatch: 32 },
  evaluation: { ...base.evaluation, testSteps: 1 },
  checkpoints: { every: 0 },
});

const houseSources = Object.fromEntries(
  [
    ...['task.perClass', 'model.kind', 'model.initialization', 'algorithm.startHead', 'algorithm.trained'],
    ...['algorithm.epochs', 'algorithm.batch', 'algorithm.classWeights', 'algorithm.patience'],
    ...['outer.optimizer', 'outer.clip', 'outer.schedule.kind', 'outer.warmUp', 'evaluation.finalSplit'],
  ].map((path) => [path, house]),
);

export const rowSources: Readonly<Record<string, string>> = {
  ...houseSources,
  'model.kind': gorishniy,
  'model.hidden': house,
  'model.activation': gorishniy,
  'algorithm.patience': gorishniy,
  'outer.optimizer': gorishniy,
  'outer.rate': kingma,
  'outer.weightDecay': gorishniy,
};

export const clipSources: Readonly<Record<string, string>> = {
  ...houseSources,
  'task.features': sainath,
  'task.bands': sainath,
  'model.filters': house,
  'model.downsampling': house,
  'model.batchNorm': house,
  'outer.rate': kingma,
};
