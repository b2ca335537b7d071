type Fields = Readonly<Record<string, unknown>>;

const convolutional = { batchNorm: 'transductive', initialization: 'glorot-uniform' };
const newEncoder = { layers: 2, hiddenSize: 128, heads: 2, vocabulary: 8000 };

/** By the path of the part, since two parts may have a kind of the same name; kinds without fields are left out. */
const byPart: Readonly<Record<string, Readonly<Record<string, Fields>>>> = {
  model: {
    mlp: { hidden: [64, 64], activation: 'relu', initialization: 'glorot-uniform' },
    conv4: { filters: 64, downsampling: 'stride', ...convolutional },
    resnet12: { widths: [64, 160, 320, 640], ...convolutional, initialization: 'he-normal' }, // Lee 2019
    cnn1d: { blocks: 4, filters: 64, filterLength: 5, ...convolutional },
    encoder: {
      start: { kind: 'from-scratch', ...newEncoder },
      ...{ head: 'pooled', dropout: 0.1, precision: 'float32', trained: { kind: 'all' } },
    },
  },
  'model.start': { 'from-scratch': newEncoder },
  'model.trained': { 'last-layers': { layers: 2 }, lora: { rank: 8, alpha: 16 } },
  'task.augmentation': { random: { shift: 2, flip: 'off', degrees: 10 } }, // a letter's mirror image is none
  algorithm: {
    'meta-sgd': { lowestRate: 0.005, highestRate: 0.1 }, // Li 2017
    'proto-net': { trainWay: 0, trainQuery: 0 },
    reptile: { perClass: 2, trainShot: 0 },
    'maml-plus-plus': { perStepRates: 'on', perStepNorm: 'on', multiStepShare: 0.1, firstOrderShare: 0 }, // the authors' code
    imaml: { lambda: 2, damping: 1, solverSteps: 5 }, // the authors' code, Omniglot
    pretrain: { head: 'linear' },
    'fine-tune': { epochs: 3, batch: 16, accumulate: 1, classWeights: 'off', patience: 0 },
    'fine-tune-network': {
      ...{ start: 'scratch', startHead: 'keep', trained: 'all' },
      ...{ epochs: 50, batch: 64, classWeights: 'off', patience: 0 },
    },
  },
  'outer.schedule': { linear: { finalRate: 0 }, cosine: { finalRate: 0 } },
};

/** What a part of a config (by its path, such as `model.start`) of another kind than the preset's starts from. */
export function defaultsOfKind(path: string, kind: unknown): Record<string, unknown> {
  const kinds = byPart[path] ?? {};
  const known = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : {};
  return { kind, ...known };
}
