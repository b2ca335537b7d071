import { z } from 'zod';
import { type AudioTaskConfig, audioTaskSchema, type TableTaskConfig, tableTaskSchema } from './row-and-clip-tasks.ts';

/**
 * The one schema of a run: the form, the command line, JSON files and the stored row all use it.
 * Every field is required here; `complete.ts` fills a partial config from the preset of its task before validation.
 * Labels, units and sources stand in `fields.ts`, one entry per leaf (a test holds the two together).
 */

const wholeNumber = (min: number, max: number) => z.number().int().min(min).max(max);
const rate = z.number().gt(0).max(100);

export const sinusoidTaskSchema = z.strictObject({
  kind: z.literal('sinusoid'),
  /**
   * Regression of one number on one number; tasks/curve-task.ts says what is drawn. `finn-2017`: waves whose amplitude
   * and phase vary. `meta-sgd-2017`: the frequency too. `harmonic-2018`: sums of two waves. `platipus-2018`: waves and
   * lines.
   */
  variant: z.enum(['finn-2017', 'meta-sgd-2017', 'harmonic-2018', 'platipus-2018']),
  shot: wholeNumber(1, 1000),
  query: wholeNumber(1, 1000),
});

/** Two classes of points in the plane; tasks/point-task.ts says how they are drawn. */
export const pointTaskSchema = z.strictObject({
  kind: z.literal('binary-points'),
  family: z.enum(['half-planes', 'moons']),
  shot: wholeNumber(1, 1000),
  query: wholeNumber(1, 1000),
});

/** Random changes of each image of a training task. */
export const augmentationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({
    kind: z.literal('random'),
    /** Moved by up to so many whole pixels along each axis. */
    shift: wholeNumber(0, 32),
    /** Mirrored left to right in one half of the cases. */
    flip: z.enum(['on', 'off']),
    /** Turned by up to this angle either way. */
    degrees: z.number().min(0).max(45),
  }),
]);

export const imageTaskSchema = z.strictObject({
  kind: z.literal('image-classes'),
  /** Name or id of a dataset in the library. */
  dataset: z.string().min(1).max(200),
  /**
   * `classes`: way of them, with a label each. `one-against-rest`: a class, and as many examples of any other classes of
   * the split.
   */
  labels: z.enum(['classes', 'one-against-rest']),
  way: wholeNumber(2, 200),
  shot: wholeNumber(1, 200),
  query: wholeNumber(1, 200),
  /** Rotations by 0, 90, 180, 270 degrees count as different classes (training split only augments so when `on`). */
  rotations: z.enum(['on', 'off']),
  augmentation: augmentationSchema,
});

/** Labelled texts of a dataset in the library. */
export const textTaskSchema = z.strictObject({
  kind: z.literal('text-classes'),
  /** Name or id of a dataset in the library. */
  dataset: z.string().min(1).max(200),
  /** Tokens that a text is cut to, special tokens included. */
  maxLength: wholeNumber(4, 512),
});

/**
 * A few labelled images of some classes, divided by example within each class (shared/tasks/example-subsets.ts). The
 * seed decides which classes and examples; the test and validation examples are the same for every `perClass`, and the
 * training examples of a smaller `perClass` are among those of a larger one.
 */
export const imageExamplesTaskSchema = z.strictObject({
  kind: z.literal('image-examples'),
  /** Name or id of a dataset in the library. */
  dataset: z.string().min(1).max(200),
  /** The split of the dataset that classes are drawn from: classes that were not meta-trained on are `test`. */
  classSplit: z.enum(['train', 'validation', 'test', 'unused', 'all']),
  /** 0: all of them. */
  classes: wholeNumber(0, 10_000),
  /** Training examples; 0: all that the test and validation examples leave. */
  perClass: wholeNumber(0, 100_000),
  /** 0: none, so that the last weights are kept. */
  validationPerClass: wholeNumber(0, 100_000),
  testPerClass: wholeNumber(1, 100_000),
  augmentation: augmentationSchema,
});

/** What kernels start from (learning/models/initializers.ts); biases and shifts start at 0, scales at 1. */
const initialization = z.enum([
  'glorot-uniform',
  'glorot-normal',
  'he-uniform',
  'he-normal',
  'lecun-normal',
  'truncated-normal-0.01',
]);
/** `transductive`: statistics of the batch at hand. `inductive`: the query pass uses the support set's statistics. */
const batchNorm = z.enum(['transductive', 'inductive']);

export const mlpModelSchema = z.strictObject({
  kind: z.literal('mlp'),
  hidden: z.array(wholeNumber(1, 4096)).min(1).max(8),
  activation: z.enum(['relu', 'tanh', 'sigmoid', 'softplus']),
  initialization,
});

export const conv4ModelSchema = z.strictObject({
  kind: z.literal('conv4'),
  filters: wholeNumber(1, 512),
  downsampling: z.enum(['stride', 'max-pool']),
  batchNorm,
  initialization,
});

export const resnet12ModelSchema = z.strictObject({
  kind: z.literal('resnet12'),
  /** Filters of each of the four blocks. */
  widths: z.array(wholeNumber(1, 2048)).length(4),
  batchNorm,
  initialization,
});

export const cnn1dModelSchema = z.strictObject({
  kind: z.literal('cnn1d'),
  blocks: wholeNumber(1, 8),
  filters: wholeNumber(1, 1024),
  /** Places of the signal that a filter sees at once. */
  filterLength: wholeNumber(1, 64),
  batchNorm,
  initialization,
});

/** Which weights of an encoder are trained; the head always is. */
export const trainedPartSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('head') }),
  z.strictObject({ kind: z.literal('last-layers'), layers: wholeNumber(1, 48) }),
  z.strictObject({ kind: z.literal('lora'), rank: wholeNumber(1, 256), alpha: z.number().gt(0).max(1024) }),
]);

/** Sizes of an encoder that starts from nothing. */
export const encoderStartSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pretrained'),
    /** Name or id of a model in the library. */
    model: z.string().min(1).max(200),
  }),
  z.strictObject({
    kind: z.literal('from-scratch'),
    layers: wholeNumber(1, 24),
    hiddenSize: wholeNumber(8, 1024),
    heads: wholeNumber(1, 32),
    /** Most word pieces in the vocabulary, which is made of the training texts. */
    vocabulary: wholeNumber(64, 100_000),
  }),
]);

export const encoderModelSchema = z.strictObject({
  kind: z.literal('encoder'),
  start: encoderStartSchema,
  /** `pooled`: the first token through the family's own head. `mean`: the mean of all tokens. */
  head: z.enum(['pooled', 'mean']),
  dropout: z.number().min(0).max(0.9),
  /** Of the factors of matrix products in training; sums and weights are float32. */
  precision: z.enum(['float32', 'bfloat16']),
  trained: trainedPartSchema,
});

export const algorithmSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('maml') }),
  z.strictObject({ kind: z.literal('fomaml') }),
  z.strictObject({ kind: z.literal('anil') }),
  z.strictObject({ kind: z.literal('boil') }),
  z.strictObject({
    kind: z.literal('meta-sgd'),
    /** Each weight's rate starts uniformly between these two. */
    lowestRate: rate,
    highestRate: rate,
  }),
  z.strictObject({
    kind: z.literal('proto-net'),
    /** Way and query of the training tasks; 0: as in evaluation. */
    trainWay: wholeNumber(0, 200),
    trainQuery: wholeNumber(0, 200),
  }),
  z.strictObject({
    kind: z.literal('reptile'),
    /** Support examples per class in the mini-batch of an inner step; 0: all. */
    perClass: wholeNumber(0, 200),
    /** Shot of the training tasks; 0: as in evaluation. */
    trainShot: wholeNumber(0, 1000),
  }),
  z.strictObject({
    kind: z.literal('maml-plus-plus'),
    /** A learned rate for each layer and inner step, starting from `inner.rate`. */
    perStepRates: z.enum(['on', 'off']),
    /** Batch-norm scale and shift of each inner step, which do not adapt. */
    perStepNorm: z.enum(['on', 'off']),
    /** Share of the iterations in which the query loss after every inner step counts, less and less; 0: never. */
    multiStepShare: z.number().min(0).max(1),
    /** Share of the iterations, from the start, with first-order gradients; 0: never. */
    firstOrderShare: z.number().min(0).max(1),
  }),
  z.strictObject({
    kind: z.literal('imaml'),
    /** Strength of the pull of the inner loop towards the initialisation. */
    lambda: z.number().gt(0).max(10_000),
    /** Added to lambda where the meta-gradient is solved for; 0: none. */
    damping: z.number().min(0).max(10_000),
    /** Steps of the conjugate gradients that solve for the meta-gradient. */
    solverSteps: wholeNumber(1, 50),
  }),
  z.strictObject({
    kind: z.literal('pretrain'),
    /** Of the training classifier and of each task's new head. */
    head: z.enum(['linear', 'cosine']),
  }),
  z.strictObject({ kind: z.literal('from-scratch') }),
  z.strictObject({
    kind: z.literal('fine-tune'),
    /** Passes over the training split; with the batch they settle `outer.iterations` when a run is launched. */
    epochs: wholeNumber(1, 1000),
    batch: wholeNumber(1, 1024),
    /** Batches whose gradients are added up before the optimiser's step; their mean is that of one large batch. */
    accumulate: wholeNumber(1, 256),
    /** `balanced`: each class counts alike, whatever its number of examples. */
    classWeights: z.enum(['off', 'balanced']),
    /** Epochs without a better validation after which a run ends; 0: never. */
    patience: wholeNumber(0, 1000),
  }),
  z.strictObject({
    kind: z.literal('fine-tune-network'),
    /** `scratch`, or name or id of a model in the library that has the run's network. */
    start: z.string().min(1).max(200),
    /** Of the start: `keep` where it tells as many classes apart, a `new` one is drawn by the seed. */
    startHead: z.enum(['keep', 'new']),
    trained: z.enum(['all', 'head']),
    epochs: wholeNumber(1, 100_000),
    /** Examples in one step; all of them where there are fewer. */
    batch: wholeNumber(1, 1024),
    classWeights: z.enum(['off', 'balanced']),
    patience: wholeNumber(0, 1000),
  }),
]);

export const clipSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('value'), limit: rate }),
  z.strictObject({ kind: z.literal('norm'), limit: rate }),
]);

const finalRate = z.number().min(0).max(100);
export const scheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({ kind: z.literal('linear'), finalRate }),
  z.strictObject({ kind: z.literal('cosine'), finalRate }),
]);

export const runConfigSchema = z.strictObject({
  /** May hold {seed} and any field path in braces, such as {inner.rate}. Empty: a name is made from the config. */
  name: z.string().max(120),
  tags: z.array(z.string().min(1).max(40)).max(20),
  note: z.string().max(20_000),
  seed: wholeNumber(0, 2_147_483_647),
  device: z.enum(['auto', 'cpu', 'gpu']),
  task: z.discriminatedUnion('kind', [
    sinusoidTaskSchema,
    pointTaskSchema,
    imageTaskSchema,
    imageExamplesTaskSchema,
    textTaskSchema,
    tableTaskSchema,
    audioTaskSchema,
  ]),
  model: z.discriminatedUnion('kind', [
    mlpModelSchema,
    conv4ModelSchema,
    resnet12ModelSchema,
    cnn1dModelSchema,
    encoderModelSchema,
  ]),
  algorithm: algorithmSchema,
  inner: z.strictObject({
    /** Meta-SGD, MAML++ and iMAML have rules of their own; in Reptile, Adam has beta_1 = 0. */
    optimizer: z.enum(['sgd', 'momentum', 'adam']),
    rate,
    steps: wholeNumber(1, 100),
    /** `mean` over examples; `sum-over-classes` is what the code of Finn 2017 does: the mean times the way. */
    lossReduction: z.enum(['mean', 'sum-over-classes']),
  }),
  outer: z.strictObject({
    optimizer: z.enum(['adam', 'adamw', 'sgd']),
    rate,
    /** Share of the weights that AdamW takes away in a step, times the rate. */
    weightDecay: z.number().min(0).max(1),
    metaBatch: wholeNumber(1, 1000),
    iterations: wholeNumber(1, 10_000_000),
    clip: clipSchema,
    /** How the rate goes from `rate` to its final value over the run. */
    schedule: scheduleSchema,
    /** Iterations over which the rate rises from zero; 0: none. */
    warmUp: wholeNumber(0, 10_000_000),
  }),
  evaluation: z.strictObject({
    /** Validation after every so many iterations; 0 switches it off. */
    every: wholeNumber(0, 10_000_000),
    episodes: wholeNumber(1, 100_000),
    /** Inner steps at test; the adaptation curve is measured after each of them. */
    testSteps: wholeNumber(1, 200),
    finalEpisodes: wholeNumber(1, 100_000),
    finalSplit: z.enum(['test', 'validation', 'train', 'none']),
    /** Seed of the test episodes; the same for every run, so that runs meet the same tasks. */
    episodeSeed: wholeNumber(0, 2_147_483_647),
  }),
  checkpoints: z.strictObject({
    /** A checkpoint after every so many iterations, besides the best and the last; 0: only those. */
    every: wholeNumber(0, 10_000_000),
  }),
  engine: z.strictObject({
    mode: z.enum(['auto', 'compiled', 'eager']),
    xla: z.enum(['auto', 'on', 'off']),
    taskBatching: z.enum(['auto', 'batched', 'looped']),
    /** Meta-iterations in one native call; 0: chosen by the engine. */
    stepsPerCall: wholeNumber(0, 64),
  }),
});

export type RunConfig = z.infer<typeof runConfigSchema>;
export type TaskConfig = RunConfig['task'];
export type TextTaskConfig = z.infer<typeof textTaskSchema>;
export type EncoderModelConfig = z.infer<typeof encoderModelSchema>;
/** Tasks that are made of episodes with support and query set. */
export type EpisodeTaskConfig = Exclude<TaskConfig, ExamplesTaskConfig | TextTaskConfig>;
/** Tasks that a network is fine-tuned on: labelled images, rows and clips. */
export type ExamplesTaskConfig = ImageExamplesTaskConfig | TableTaskConfig | AudioTaskConfig;
/** Networks whose size the task decides. */
export type NetworkConfig = Exclude<ModelConfig, { readonly kind: 'encoder' }>;
export type MetaAlgorithmConfig = Exclude<AlgorithmConfig, { readonly kind: 'fine-tune' | 'fine-tune-network' }>;
type WithParts<Task, Model, Algorithm> = Omit<RunConfig, 'task' | 'model' | 'algorithm'> & {
  task: Task;
  model: Model;
  algorithm: Algorithm;
};
export type MetaRunConfig = WithParts<EpisodeTaskConfig, NetworkConfig, MetaAlgorithmConfig>;
export type TextFineTuneRunConfig = WithParts<TextTaskConfig, EncoderModelConfig, FineTuneConfig>;
export type NetworkFineTuneRunConfig = WithParts<ExamplesTaskConfig, NetworkConfig, NetworkFineTuneConfig>;
export type FineTuneRunConfig = TextFineTuneRunConfig | NetworkFineTuneRunConfig;
/** Which of the three a config is: its parts fit each other once it has been checked. */
export const isTextFineTune = (config: RunConfig): config is TextFineTuneRunConfig =>
  config.task.kind === 'text-classes';
export const isNetworkFineTune = (config: RunConfig): config is NetworkFineTuneRunConfig => isExamplesTask(config.task);
export const isExamplesTask = (task: TaskConfig): task is ExamplesTaskConfig =>
  task.kind === 'image-examples' || task.kind === 'table-classes' || task.kind === 'audio-classes';
export const isFineTune = (config: RunConfig): config is FineTuneRunConfig =>
  isTextFineTune(config) || isNetworkFineTune(config);
export const isMeta = (config: RunConfig): config is MetaRunConfig => !isFineTune(config);
export type { AudioTaskConfig, TableTaskConfig } from './row-and-clip-tasks.ts';
export type ImageExamplesTaskConfig = z.infer<typeof imageExamplesTaskSchema>;
export type NetworkFineTuneConfig = Extract<RunConfig['algorithm'], { readonly kind: 'fine-tune-network' }>;
export type FineTuneConfig = Extract<RunConfig['algorithm'], { readonly kind: 'fine-tune' }>;
export type SinusoidTaskConfig = z.infer<typeof sinusoidTaskSchema>;
export type PointTaskConfig = z.infer<typeof pointTaskSchema>;
export type ImageTaskConfig = z.infer<typeof imageTaskSchema>;
export type AugmentationConfig = z.infer<typeof augmentationSchema>;
export type ModelConfig = RunConfig['model'];
export type MlpModelConfig = z.infer<typeof mlpModelSchema>;
export type Conv4ModelConfig = z.infer<typeof conv4ModelSchema>;
export type ResNet12ModelConfig = z.infer<typeof resnet12ModelSchema>;
export type Cnn1dModelConfig = z.infer<typeof cnn1dModelSchema>;
export type Initialization = z.infer<typeof initialization>;
export type AlgorithmConfig = RunConfig['algorithm'];
export type ClipConfig = z.infer<typeof clipSchema>;
