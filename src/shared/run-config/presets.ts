import { clipSources, fineTuneClips, fineTuneRows, rowSources } from './row-and-clip-presets.ts';
import type { RunConfig } from './schema.ts';

/**
 * Named starting points. A preset of a paper holds the paper's values and says where each comes from;
 * a quick-start is a small run that finishes in minutes and says that it is shortened.
 */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly config: RunConfig;
  /** Citation shown beside a field that still has the preset's value, by field path. */
  readonly sources: Readonly<Record<string, string>>;
}

const finn = 'Finn 2017';
const finnCode = 'Finn 2017, code';
const house = 'Innerloop';

const shared = {
  name: '',
  tags: [],
  note: '',
  seed: 1,
  device: 'auto',
  checkpoints: { every: 5000 },
  engine: { mode: 'auto', xla: 'auto', taskBatching: 'auto', stepsPerCall: 0 },
} as const;

const off = { kind: 'off' } as const;

const sinusoid: RunConfig = {
  ...shared,
  tags: [],
  task: { kind: 'sinusoid', variant: 'finn-2017', shot: 10, query: 10 },
  model: { kind: 'mlp', hidden: [40, 40], activation: 'relu', initialization: 'glorot-uniform' },
  algorithm: { kind: 'maml' },
  inner: { optimizer: 'sgd', rate: 0.01, steps: 1, lossReduction: 'mean' },
  outer: {
    optimizer: 'adam',
    rate: 0.001,
    weightDecay: 0,
    metaBatch: 25,
    iterations: 70_000,
    clip: { kind: 'off' },
    schedule: { kind: 'constant' },
    warmUp: 0,
  },
  evaluation: {
    every: 1000,
    episodes: 200,
    testSteps: 10,
    finalEpisodes: 600,
    finalSplit: 'test',
    episodeSeed: 1,
  },
};

/** No paper has these tasks: rates and steps are those that learned moons best of a few that were tried. */
const points: RunConfig = {
  ...sinusoid,
  task: { kind: 'binary-points', family: 'moons', shot: 5, query: 15 },
  inner: { optimizer: 'sgd', rate: 0.5, steps: 5, lossReduction: 'mean' },
  outer: { ...sinusoid.outer, rate: 0.003, iterations: 2000 },
  evaluation: { ...sinusoid.evaluation, every: 250, testSteps: 5 },
  checkpoints: { every: 1000 },
};

const omniglot: RunConfig = {
  ...shared,
  tags: [],
  task: {
    kind: 'image-classes',
    dataset: 'glyphs',
    labels: 'classes',
    way: 5,
    shot: 1,
    query: 1,
    rotations: 'on',
    augmentation: off,
  },
  model: {
    kind: 'conv4',
    filters: 64,
    downsampling: 'stride',
    batchNorm: 'transductive',
    initialization: 'glorot-uniform',
  },
  algorithm: { kind: 'maml' },
  inner: { optimizer: 'sgd', rate: 0.4, steps: 1, lossReduction: 'mean' },
  outer: {
    optimizer: 'adam',
    rate: 0.001,
    weightDecay: 0,
    metaBatch: 32,
    iterations: 60_000,
    clip: { kind: 'off' },
    schedule: { kind: 'constant' },
    warmUp: 0,
  },
  evaluation: {
    every: 500,
    episodes: 100,
    testSteps: 3,
    finalEpisodes: 600,
    finalSplit: 'test',
    episodeSeed: 1,
  },
};

const everySource = (source: string, house_: string): Record<string, string> => ({
  'inner.optimizer': source,
  'inner.rate': source,
  'inner.steps': source,
  'inner.lossReduction': house_,
  'outer.optimizer': source,
  'outer.rate': source,
  'outer.weightDecay': source,
  'outer.metaBatch': source,
  'outer.iterations': source,
  'outer.clip': source,
  'outer.schedule.kind': source,
  'outer.warmUp': source,
  'evaluation.every': house_,
  'evaluation.episodes': house_,
  'evaluation.testSteps': source,
  'evaluation.finalEpisodes': finnCode,
  'evaluation.finalSplit': house_,
  'evaluation.episodeSeed': house_,
});

const sinusoidSources = {
  ...everySource(finn, house),
  'task.variant': finn,
  'task.shot': finn,
  'task.query': finn,
  'model.kind': finn,
  'model.hidden': finn,
  'model.activation': finn,
  'model.initialization': house,
  'outer.iterations': finnCode,
};

const pointSources = Object.fromEntries(Object.keys(everySource(house, house)).map((path) => [path, house]));

const omniglotSources = {
  ...everySource(finn, house),
  'task.way': finn,
  'task.shot': finn,
  'task.query': finn,
  'task.rotations': finn,
  'model.kind': finn,
  'model.filters': finn,
  'model.downsampling': finn,
  'model.batchNorm': finnCode,
  'model.initialization': house,
};

const devlin = 'Devlin 2019';
const reference = 'Hugging Face, text classification';

/** Fine-tuning as everyone does it. Iterations and validations are settled by the dataset when a run is launched. */
const fineTune: RunConfig = {
  ...sinusoid,
  tags: [],
  task: { kind: 'text-classes', dataset: 'texts', maxLength: 128 },
  model: {
    kind: 'encoder',
    start: { kind: 'from-scratch', layers: 2, hiddenSize: 128, heads: 2, vocabulary: 8000 },
    head: 'pooled',
    dropout: 0.1,
    precision: 'float32',
    trained: { kind: 'all' },
  },
  algorithm: { kind: 'fine-tune', epochs: 3, batch: 16, accumulate: 1, classWeights: 'off', patience: 0 },
  outer: {
    ...sinusoid.outer,
    optimizer: 'adamw',
    rate: 0.00002,
    weightDecay: 0.01,
    metaBatch: 16,
    clip: { kind: 'norm', limit: 1 },
    schedule: { kind: 'linear', finalRate: 0 },
  },
  checkpoints: { every: 0 },
};

const fineTuneSources = {
  'task.maxLength': reference,
  'model.head': devlin,
  'model.dropout': devlin,
  'model.precision': house,
  'model.trained.kind': devlin,
  'algorithm.epochs': devlin,
  'algorithm.batch': devlin,
  'algorithm.accumulate': house,
  'algorithm.classWeights': house,
  'algorithm.patience': house,
  'outer.optimizer': devlin,
  'outer.rate': devlin,
  'outer.weightDecay': devlin,
  'outer.clip': `${devlin}, code`,
  'outer.schedule.kind': devlin,
  'outer.warmUp': reference,
  'evaluation.finalSplit': house,
};

/**
 * A handful of images of new classes, trained until they are known. Rate and epochs are usual ones, and not tuned: what they
 * come to from three starts stands in docs/results.md.
 */
const fineTuneImages: RunConfig = {
  ...omniglot,
  tags: [],
  task: {
    kind: 'image-examples',
    dataset: 'glyphs',
    classSplit: 'test',
    classes: 5,
    perClass: 5,
    validationPerClass: 0,
    testPerClass: 15,
    augmentation: off,
  },
  algorithm: {
    kind: 'fine-tune-network',
    start: 'scratch',
    startHead: 'keep',
    trained: 'all',
    epochs: 50,
    batch: 64,
    classWeights: 'off',
    patience: 0,
  },
  outer: { ...omniglot.outer, metaBatch: 64 },
  evaluation: { ...omniglot.evaluation, testSteps: 1 },
  checkpoints: { every: 0 },
};

const fineTuneImageSources = {
  'task.classes': house,
  'task.perClass': house,
  'task.validationPerClass': house,
  'task.testPerClass': house,
  'model.kind': finn,
  'model.filters': finn,
  'model.downsampling': finn,
  'algorithm.startHead': house,
  'algorithm.trained': house,
  'algorithm.epochs': house,
  'algorithm.batch': house,
  'algorithm.classWeights': house,
  'algorithm.patience': house,
  'outer.optimizer': house,
  'outer.rate': house,
  'evaluation.finalSplit': house,
};

/** A small encoder on the built-in questions: some fifteen seconds on two cores. */
const quickTexts: RunConfig = {
  ...fineTune,
  name: 'questions-quick-start-s{seed}',
  task: { kind: 'text-classes', dataset: 'questions', maxLength: 48 },
  model: {
    kind: 'encoder',
    start: { kind: 'from-scratch', layers: 2, hiddenSize: 64, heads: 2, vocabulary: 1000 },
    head: 'mean',
    dropout: 0.1,
    precision: 'float32',
    trained: { kind: 'all' },
  },
  algorithm: { kind: 'fine-tune', epochs: 6, batch: 32, accumulate: 1, classWeights: 'off', patience: 0 },
  outer: { ...fineTune.outer, rate: 0.001, warmUp: 30 },
};

export const presets: readonly Preset[] = [
  { id: 'finn-sinusoid', label: 'MAML paper, sinusoid', config: sinusoid, sources: sinusoidSources },
  { id: 'finn-omniglot-5w1s', label: 'MAML paper, Omniglot 5-way 1-shot', config: omniglot, sources: omniglotSources },
  {
    id: 'finn-omniglot-20w1s',
    label: 'MAML paper, Omniglot 20-way 1-shot',
    config: {
      ...omniglot,
      task: {
        kind: 'image-classes',
        dataset: 'glyphs',
        labels: 'classes',
        way: 20,
        shot: 1,
        query: 1,
        rotations: 'on',
        augmentation: off,
      },
      inner: { optimizer: 'sgd', rate: 0.1, steps: 5, lossReduction: 'mean' },
      outer: { ...omniglot.outer, metaBatch: 16 },
      evaluation: { ...omniglot.evaluation, testSteps: 5 },
    },
    sources: omniglotSources,
  },
  { id: 'binary-points', label: 'Points of two classes', config: points, sources: pointSources },
  { id: 'fine-tune-text', label: 'Fine-tuning on texts', config: fineTune, sources: fineTuneSources },
  { id: 'fine-tune-images', label: 'Fine-tuning on images', config: fineTuneImages, sources: fineTuneImageSources },
  {
    id: 'fine-tune-table',
    label: 'Fine-tuning on rows of a table',
    config: fineTuneRows(sinusoid),
    sources: rowSources,
  },
  { id: 'fine-tune-audio', label: 'Fine-tuning on sounds', config: fineTuneClips(sinusoid), sources: clipSources },
  {
    id: 'quick-sinusoid',
    label: 'Quick start: sinusoid regression',
    config: {
      ...sinusoid,
      name: 'sinusoid-quick-start-s{seed}',
      outer: { ...sinusoid.outer, iterations: 5000 },
      evaluation: { ...sinusoid.evaluation, every: 250 },
      checkpoints: { every: 1000 },
    },
    sources: { ...sinusoidSources, 'outer.iterations': house },
  },
  {
    id: 'quick-glyphs',
    label: 'Quick start: few-shot glyphs',
    config: {
      ...omniglot,
      name: 'glyphs-quick-start-s{seed}',
      task: {
        kind: 'image-classes',
        dataset: 'glyphs',
        labels: 'classes',
        way: 5,
        shot: 1,
        query: 5,
        rotations: 'off',
        augmentation: off,
      },
      model: {
        kind: 'conv4',
        filters: 32,
        downsampling: 'stride',
        batchNorm: 'transductive',
        initialization: 'glorot-uniform',
      },
      outer: { ...omniglot.outer, metaBatch: 8, iterations: 1000 },
      evaluation: { ...omniglot.evaluation, every: 100, episodes: 60 },
      checkpoints: { every: 250 },
    },
    sources: {
      ...omniglotSources,
      'task.query': house,
      'task.rotations': house,
      'model.filters': house,
      'outer.metaBatch': house,
      'outer.iterations': house,
    },
  },
  {
    id: 'quick-texts',
    label: 'Quick start: fine-tune on texts',
    config: quickTexts,
    sources: {
      ...fineTuneSources,
      'task.maxLength': house,
      'model.head': house,
      'algorithm.epochs': house,
      'algorithm.batch': house,
      'outer.rate': house,
      'outer.warmUp': house,
    },
  },
];

/** The preset with this id; throws when there is none. */
export function presetById(id: string): Preset {
  const preset = presets.find((candidate) => candidate.id === id);
  if (!preset) {
    throw new Error(`There is no preset "${id}". Presets: ${presets.map((candidate) => candidate.id).join(', ')}.`);
  }
  return preset;
}

/** The preset whose values fill what a partial config leaves out, by its task's kind. */
export function basePresetFor(taskKind: string | undefined): Preset {
  const own = Object.entries(basePresets).find(([kind]) => kind === taskKind)?.[1];
  return presetById(own ?? basePresets.sinusoid);
}

const basePresets: Readonly<Record<RunConfig['task']['kind'], string>> = {
  sinusoid: 'finn-sinusoid',
  'binary-points': 'binary-points',
  'image-classes': 'finn-omniglot-5w1s',
  'image-examples': 'fine-tune-images',
  'text-classes': 'fine-tune-text',
  'table-classes': 'fine-tune-table',
  'audio-classes': 'fine-tune-audio',
};
