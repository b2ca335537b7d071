import { all, type FieldInfo, field } from './field-info.ts';

/** Of tasks that are single labelled examples. */
export const fineTuneTaskFields: readonly FieldInfo[] = [
  field('task.classSplit', 'Task', 'Classes of', 'The split of the dataset that classes are drawn from.', {
    choices: { train: 'Train', validation: 'Validation', test: 'Test', unused: 'Unused', all: 'All splits' },
  }),
  field('task.classes', 'Task', 'Classes', 'Drawn by the seed; 0 takes all.', { unit: 'drawn' }),
  field(
    'task.perClass',
    'Task',
    'Training examples',
    'Drawn by the seed; fewer are among those of more. 0 takes all that test and validation leave.',
    { unit: 'per class' },
  ),
  field('task.validationPerClass', 'Task', 'Validation', 'Choose the best weights; 0 keeps the last.', {
    unit: 'per class',
  }),
  field('task.testPerClass', 'Task', 'Test', 'The same for every number of training examples and every start.', {
    unit: 'per class',
  }),
  field(
    'task.features',
    'Task',
    'Features',
    'What the network is given of a clip: energies of bands, or its samples.',
    {
      choices: { 'log-mel': 'Log-mel bands', waveform: 'Waveform' },
    },
  ),
  field('task.bands', 'Task', 'Bands', 'Mel bands of each 25 ms of a clip, every 10 ms.', { unit: 'mel bands' }),
  field('task.maxLength', 'Task', 'Max length', 'Texts are cut to so many tokens.', { unit: 'tokens' }),
];

export const encoderFields: readonly FieldInfo[] = [
  field('model.start.kind', 'Model', 'Start', 'A pretrained model of the library, or random numbers.', {
    choices: { pretrained: 'Pretrained', 'from-scratch': 'From scratch' },
  }),
  field('model.start.model', 'Model', 'Pretrained model', 'A model of the library.'),
  field('model.start.layers', 'Model', 'Layers', 'Encoder layers.'),
  field('model.start.hiddenSize', 'Model', 'Hidden size', 'Numbers that stand for a token.'),
  field('model.start.heads', 'Model', 'Heads', 'Attention heads of each layer; they divide the hidden size.'),
  field('model.start.vocabulary', 'Model', 'Vocabulary', 'Most word pieces; made of the training texts.'),
  field('model.head', 'Model', 'Head', 'Pooled: the first token, as in the paper. Mean: of all tokens.', {
    ...all,
    choices: { pooled: 'Pooled', mean: 'Mean' },
  }),
  field('model.dropout', 'Model', 'Dropout', 'Share of numbers that are dropped in training.', all),
  field(
    'model.precision',
    'Model',
    'Products',
    'bfloat16 is up to twice as fast on CPUs that have it, and less exact.',
    {
      ...all,
      choices: { float32: 'float32', bfloat16: 'bfloat16' },
    },
  ),
  field('model.trained.kind', 'Model', 'Trained', 'Which weights change; the head always does.', {
    choices: { all: 'All', head: 'Head only', 'last-layers': 'Last layers', lora: 'LoRA' },
  }),
  field('model.trained.layers', 'Model', 'Trained layers', 'The last so many of the encoder.'),
  field('model.trained.rank', 'Model', 'LoRA rank', 'Rank of the adapters of queries and values.'),
  field('model.trained.alpha', 'Model', 'LoRA alpha', 'The adapters count alpha / rank.', all),
];

export const fineTuneAlgorithmFields: readonly FieldInfo[] = [
  field(
    'algorithm.start',
    'Algorithm',
    'Start',
    'From scratch, or from a model of the library: one that was meta-learned, pretrained or fine-tuned.',
  ),
  field('algorithm.startHead', 'Algorithm', 'Its head', 'Kept where it tells as many classes apart, or drawn anew.', {
    choices: { keep: 'Keep if it fits', new: 'New' },
  }),
  field('algorithm.trained', 'Algorithm', 'Trained', 'Which weights change; the head always does.', {
    choices: { all: 'All', head: 'Head only' },
  }),
  field('algorithm.epochs', 'Algorithm', 'Epochs', 'Passes over the training examples.'),
  field('algorithm.batch', 'Algorithm', 'Batch', 'Examples in one step; all of them where there are fewer.', {
    unit: 'examples',
  }),
  field(
    'algorithm.accumulate',
    'Algorithm',
    'Batches per step',
    'Gradients of so many batches are added up before the optimiser moves: as one large batch, in the memory of a small one.',
    { ...all, unit: 'batches' },
  ),
  field('algorithm.classWeights', 'Algorithm', 'Class weights', 'Balanced lets each class count alike.', {
    ...all,
    choices: { off: 'Off', balanced: 'Balanced' },
  }),
  field('algorithm.patience', 'Algorithm', 'Patience', 'Ends after so many epochs without a better one; 0 is never.', {
    ...all,
    unit: 'epochs',
  }),
];
