import { presetWithAlgorithm } from './algorithm-defaults.ts';
import { algorithmLabels } from './algorithm-facts.ts';
import { all, type FieldInfo, field } from './field-info.ts';
import { usesField } from './field-use.ts';
import { encoderFields, fineTuneAlgorithmFields, fineTuneTaskFields } from './fine-tune-fields.ts';
import { modelLabels } from './model-facts.ts';
import { basePresetFor, type Preset } from './presets.ts';
import type { RunConfig } from './schema.ts';
import { familyLabels, taskFacts } from './task-facts.ts';

export { type FieldGroup, type FieldInfo, fieldGroups } from './field-info.ts';

/** Every leaf of the schema, once. */
export const fields: readonly FieldInfo[] = [
  field('task.kind', 'Task', 'Task', 'What an episode is made of.', {
    choices: Object.fromEntries(Object.entries(taskFacts).map(([kind, { label }]) => [kind, label])),
  }),
  field(
    'task.variant',
    'Task',
    'Curves',
    'Finn 2017: waves of any amplitude and phase. Meta-SGD (Li 2017): of any frequency too. Harmonic (Lacoste 2018): two waves added, with noise. PLATIPUS (Finn 2018): waves and lines, with noise.',
    {
      choices: {
        'finn-2017': familyLabels['finn-2017'],
        'meta-sgd-2017': familyLabels['meta-sgd-2017'],
        'harmonic-2018': familyLabels['harmonic-2018'],
        'platipus-2018': familyLabels['platipus-2018'],
      },
    },
  ),
  field('task.family', 'Task', 'Classes', 'The two sides of a line, or two half circles that reach into each other.', {
    choices: { 'half-planes': familyLabels['half-planes'], moons: familyLabels.moons },
  }),
  field('task.dataset', 'Task', 'Dataset', 'The classes that episodes are drawn from.'),
  field('task.labels', 'Task', 'Labels', 'Classes that are told apart, or one class and examples of any others.', {
    choices: { classes: 'Classes', 'one-against-rest': familyLabels['one-against-rest'] },
  }),
  field('task.way', 'Task', 'Way', 'Number of classes in an episode.', { unit: 'classes a task' }),
  field('task.shot', 'Task', 'Shot', 'Support examples per class (per task for curves).', {
    unit: 'support per class',
  }),
  field('task.query', 'Task', 'Query', 'Query examples per class (per task for curves).', { unit: 'per class' }),
  field(
    'task.rotations',
    'Task',
    'Rotations as classes',
    'Each training class turned by 90, 180, 270 degrees is a class of its own.',
    { choices: { on: '0, 90, 180, 270°', off: 'Off' } },
  ),
  field('task.augmentation.kind', 'Task', 'Augmentation', 'Changes each image of a training task a little.', {
    ...all,
    choices: { off: 'Off', random: 'Random' },
  }),
  field('task.augmentation.shift', 'Task', 'Shift', 'Moved by up to so many pixels along each axis.', {
    unit: 'pixels',
  }),
  field('task.augmentation.flip', 'Task', 'Mirrored', 'Left to right, in one half of the cases.', {
    choices: { on: 'On', off: 'Off' },
  }),
  field('task.augmentation.degrees', 'Task', 'Turn', 'Turned by up to this angle either way.', { unit: 'degrees' }),
  field('model.kind', 'Model', 'Network', 'MLP for numbers, Conv4 and ResNet-12 for images, 1-D CNN for signals.', {
    choices: modelLabels,
  }),
  field('model.hidden', 'Model', 'Hidden layers', 'Units of each hidden layer.', { unit: 'units each' }),
  field('model.activation', 'Model', 'Activation', 'Nonlinearity after each hidden layer.', {
    ...all,
    choices: { relu: 'ReLU', tanh: 'tanh', sigmoid: 'Sigmoid', softplus: 'Softplus' },
  }),
  field('model.widths', 'Model', 'Widths', 'Filters of each of the four blocks; Lee 2019: 64, 160, 320, 640.', {
    unit: 'filters each',
  }),
  field('model.blocks', 'Model', 'Blocks', 'Convolutional blocks; each halves the length of the signal.'),
  field('model.filters', 'Model', 'Filters', 'Filters of each block.', { unit: 'per block' }),
  field('model.filterLength', 'Model', 'Filter length', 'Places of the signal that a filter sees at once.', {
    unit: 'places',
  }),
  field(
    'model.downsampling',
    'Model',
    'Downsampling',
    'Strided convolutions (Omniglot) or max-pooling (miniImageNet).',
    { choices: { stride: 'Stride 2', 'max-pool': 'Max-pool' } },
  ),
  field(
    'model.batchNorm',
    'Model',
    'Batch norm',
    'Transductive: statistics of the query batch. Inductive: of the support set, or the training examples, only. Transduction alone moves Omniglot 5-way 1-shot by 2.3 points.',
    { choices: { transductive: 'Transductive', inductive: 'Inductive' } },
  ),
  field(
    'model.initialization',
    'Model',
    'Initial weights',
    'What kernels are drawn from before training; biases start at zero.',
    {
      ...all,
      choices: {
        'glorot-uniform': 'Glorot, uniform',
        'glorot-normal': 'Glorot, normal',
        'he-uniform': 'He, uniform',
        'he-normal': 'He, normal',
        'lecun-normal': 'LeCun, normal',
        'truncated-normal-0.01': 'Truncated normal 0.01',
      },
    },
  ),
  ...fineTuneTaskFields,
  ...encoderFields,
  field('algorithm.kind', 'Algorithm', 'Method', 'How the initialisation is learned.', {
    choices: algorithmLabels,
  }),
  field(
    'algorithm.lowestRate',
    'Algorithm',
    'Lowest first rate',
    'Learned rates start uniformly between the lowest and the highest; Li 2017: 0.005 to 0.1.',
    all,
  ),
  field('algorithm.highestRate', 'Algorithm', 'Highest first rate', 'Upper end of the range that rates start in.', all),
  field('algorithm.trainWay', 'Algorithm', 'Training way', 'More classes than at test help; 0: as at test.', {
    unit: 'classes a task',
  }),
  field('algorithm.trainQuery', 'Algorithm', 'Training query', 'Query examples in training; 0: as at test.', {
    ...all,
    unit: 'per class',
  }),
  field('algorithm.perClass', 'Algorithm', 'Mini-batch', 'Support examples in one inner step; 0 takes all.', {
    unit: 'per class',
  }),
  field('algorithm.trainShot', 'Algorithm', 'Training shot', 'More support than at test helps; 0: as at test.', {
    unit: 'support per class',
  }),
  field('algorithm.perStepRates', 'Algorithm', 'Rates per step', 'Learns a rate for each layer and inner step.', {
    choices: { on: 'On', off: 'Off' },
  }),
  field(
    'algorithm.perStepNorm',
    'Algorithm',
    'Batch norm per step',
    'Each inner step has its own learned scale and shift, which do not adapt.',
    { choices: { on: 'On', off: 'Off' } },
  ),
  field(
    'algorithm.multiStepShare',
    'Algorithm',
    'Multi-step loss',
    'Share of the run in which the query loss after every inner step counts, less and less; 0 is never.',
    { unit: 'of the run' },
  ),
  field(
    'algorithm.firstOrderShare',
    'Algorithm',
    'First order until',
    'Share of the run, from its start, with first-order gradients; 0 is never.',
    { unit: 'of the run' },
  ),
  field('algorithm.lambda', 'Algorithm', 'Pull', 'How strongly the inner loop is held near the initialisation.'),
  field(
    'algorithm.damping',
    'Algorithm',
    'Damping',
    'Steadies the solver where the loss curves downwards; 0 is none.',
    all,
  ),
  field('algorithm.solverSteps', 'Algorithm', 'Solver steps', 'Conjugate gradients that solve for the meta-gradient.'),
  field('algorithm.head', 'Algorithm', 'Head', 'Of the training classifier and of the new one for each task.', {
    choices: { linear: 'Linear', cosine: 'Cosine' },
  }),
  ...fineTuneAlgorithmFields,
  field('inner.optimizer', 'Inner loop', 'Optimiser', 'Of the inner steps; fresh slots in each task.', {
    ...all,
    choices: { sgd: 'SGD', momentum: 'Momentum 0.9', adam: 'Adam' },
  }),
  field('inner.rate', 'Inner loop', 'Rate', 'Step size of the inner gradient steps on the support set.'),
  field('inner.steps', 'Inner loop', 'Steps', 'Inner gradient steps in training.', { unit: 'a task' }),
  field(
    'inner.lossReduction',
    'Inner loop',
    'Loss reduction',
    "The paper's code sums the loss over classes, which makes its rate larger by the way.",
    { choices: { mean: 'Mean', 'sum-over-classes': 'Sum over classes' } },
  ),
  field('outer.optimizer', 'Outer loop', 'Optimiser', 'Optimiser of the initialisation.', {
    choices: { adam: 'Adam', adamw: 'AdamW', sgd: 'SGD' },
  }),
  field('outer.weightDecay', 'Outer loop', 'Weight decay', 'For AdamW; 0 is none.', all),
  field('outer.rate', 'Outer loop', 'Rate', 'Step size of the outer optimiser.'),
  field('outer.metaBatch', 'Outer loop', 'Meta-batch', 'Tasks averaged in one meta-iteration.', { unit: 'tasks' }),
  field('outer.iterations', 'Outer loop', 'Iterations', 'Meta-iterations of the whole run.'),
  field('outer.clip.kind', 'Outer loop', 'Gradient clip', 'Limits the meta-gradient, by value or by global norm.', {
    choices: { off: 'Off', value: 'Value', norm: 'Norm' },
  }),
  field('outer.clip.limit', 'Outer loop', 'Clip limit', 'Largest allowed value or norm.'),
  field('outer.schedule.kind', 'Outer loop', 'Rate schedule', 'How the outer rate goes to its final value.', {
    ...all,
    choices: { constant: 'Constant', linear: 'Linear', cosine: 'Cosine' },
  }),
  field('outer.schedule.finalRate', 'Outer loop', 'Final rate', 'Outer rate at the end of the run.'),
  field('outer.warmUp', 'Outer loop', 'Warm-up', 'The outer rate rises from zero over so many iterations; 0 is none.', {
    ...all,
    unit: 'iterations',
  }),
  field('evaluation.every', 'Evaluation', 'Every', 'Validation after so many iterations; 0 is never.', {
    unit: 'iterations',
  }),
  field('evaluation.episodes', 'Evaluation', 'Episodes', 'Validation episodes each time.', { unit: 'a validation' }),
  field(
    'evaluation.testSteps',
    'Evaluation',
    'Test steps',
    'Inner steps at test; the adaptation curve has a point after each.',
    { unit: 'inner steps' },
  ),
  field(
    'evaluation.finalEpisodes',
    'Evaluation',
    'Final episodes',
    'Episodes of the evaluation at the end of the run.',
  ),
  field('evaluation.finalSplit', 'Evaluation', 'Final split', 'Classes that the final evaluation draws from.', {
    ...all,
    choices: { test: 'Test', validation: 'Validation', train: 'Train', none: 'No final evaluation' },
  }),
  field(
    'evaluation.episodeSeed',
    'Evaluation',
    'Episode seed',
    'The same seed gives every run the same test episodes.',
    all,
  ),
  field(
    'name',
    'Name and notes',
    'Name',
    'May hold {seed} and field paths such as {inner.rate}; empty names the run after its config.',
  ),
  field('tags', 'Name and notes', 'Tags', 'Words to find the run by.'),
  field('note', 'Name and notes', 'Note', 'Why this run? Markdown works.'),
  field(
    'seed',
    'Seeds and stopping',
    'Seed',
    'Fixes initialisation, tasks and episodes; the same seed repeats a run bit for bit on the CPU.',
  ),
  field(
    'checkpoints.every',
    'Seeds and stopping',
    'Checkpoints',
    'Kept after so many iterations, besides the best and the last; 0 keeps only those.',
    { unit: 'iterations' },
  ),
  field('device', 'Engine', 'Device', 'Automatic takes the GPU when there is one.', {
    ...all,
    choices: { auto: 'Automatic', cpu: 'CPU', gpu: 'GPU' },
  }),
  field(
    'engine.mode',
    'Engine',
    'Execution',
    'Compiled records a step once and replays it as one graph; eager runs each operation.',
    { ...all, choices: { auto: 'Automatic', compiled: 'Compiled', eager: 'Eager' } },
  ),
  field('engine.xla', 'Engine', 'XLA', 'Fuses small operations; pays on small dense networks.', {
    ...all,
    choices: { auto: 'Automatic', on: 'On', off: 'Off' },
  }),
  field(
    'engine.taskBatching',
    'Engine',
    'Task batching',
    'All tasks of a meta-batch in one tensor, or one after the other.',
    { ...all, choices: { auto: 'Automatic', batched: 'Batched', looped: 'Looped' } },
  ),
  field(
    'engine.stepsPerCall',
    'Engine',
    'Steps per call',
    'Meta-iterations in one native call; 0 lets the engine choose.',
    all,
  ),
];

/** Leaf fields of a config that exist for its kinds and make a difference to its run, in form order. */
export function fieldsOf(config: RunConfig): readonly FieldInfo[] {
  return fields.filter(({ path }) => valueAtPath(config, path) !== undefined && usesField(config, path));
}

/** Value at a dotted path of a config (or of any record), undefined when it has no such field. */
export function valueAtPath(config: object, path: string): unknown {
  let value: unknown = config;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A copy with the value at a dotted path replaced; intermediate objects are made as needed. */
export function withValue<T extends object>(config: T, path: string, value: unknown): T {
  const [key, ...rest] = path.split('.') as [string, ...string[]];
  const record = config as Record<string, unknown>;
  const child = record[key];
  const next =
    rest.length === 0
      ? value
      : withValue(typeof child === 'object' && child !== null ? child : {}, rest.join('.'), value);
  return { ...record, [key]: next } as T;
}

/** Citation of a field's value: the source when it equals the preset's, and the preset's value when it does not. */
export function sourceOf(
  config: RunConfig,
  path: string,
  preset: Preset = presetWithAlgorithm(basePresetFor(config.task.kind), config.algorithm.kind),
): { readonly source: string; readonly presetValue: unknown; readonly differs: 'yes' | 'no' } | undefined {
  const source = preset.sources[path] ?? preset.sources[path.split('.').slice(0, -1).join('.')];
  const presetValue = valueAtPath(preset.config, path);
  if (source === undefined || presetValue === undefined) return undefined;
  const same = JSON.stringify(presetValue) === JSON.stringify(valueAtPath(config, path));
  return { source, presetValue, differs: same ? 'no' : 'yes' };
}
