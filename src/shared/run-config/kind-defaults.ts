/** What a part of another kind than the preset's starts from. */
export function defaultsOfKind(kind: unknown): Record<string, unknown> {
  const convolutional = { batchNorm: 'transductive', initialization: 'glorot-uniform' };
  if (kind === 'mlp') return { kind, hidden: [64, 64], activation: 'relu', initialization: 'glorot-uniform' };
  if (kind === 'conv4') return { kind, filters: 64, downsampling: 'stride', ...convolutional };
  if (kind === 'resnet12') {
    return { kind, widths: [64, 160, 320, 640], ...convolutional, initialization: 'he-normal' }; // Lee 2019
  }
  if (kind === 'cnn1d') return { kind, blocks: 4, filters: 64, filterLength: 5, ...convolutional };
  if (kind === 'meta-sgd') return { kind, lowestRate: 0.005, highestRate: 0.1 }; // Li 2017
  if (kind === 'proto-net') return { kind, trainWay: 0, trainQuery: 0 };
  if (kind === 'reptile') return { kind, perClass: 2, trainShot: 0 };
  if (kind === 'maml-plus-plus') {
    return { kind, perStepRates: 'on', perStepNorm: 'on', multiStepShare: 0.1, firstOrderShare: 0 }; // the authors' code
  }
  if (kind === 'imaml') return { kind, lambda: 2, damping: 1, solverSteps: 5 }; // the authors' code, Omniglot
  if (kind === 'encoder') {
    const start = { kind: 'from-scratch', layers: 2, hiddenSize: 128, heads: 2, vocabulary: 8000 };
    return { kind, start, head: 'pooled', dropout: 0.1, precision: 'float32', trained: { kind: 'all' } };
  }
  if (kind === 'fine-tune') return { kind, epochs: 3, batch: 16, classWeights: 'off', patience: 0 };
  if (kind === 'fine-tune-network') {
    const trained = { start: 'scratch', startHead: 'keep', trained: 'all' };
    return { kind, ...trained, epochs: 50, batch: 64, classWeights: 'off', patience: 0 };
  }
  if (kind === 'last-layers') return { kind, layers: 2 };
  if (kind === 'lora') return { kind, rank: 8, alpha: 16 };
  if (kind === 'random') return { kind, shift: 2, flip: 'off', degrees: 10 }; // a letter's mirror image is none
  if (kind === 'pretrain') return { kind, head: 'linear' };
  if (kind === 'linear' || kind === 'cosine') return { kind, finalRate: 0 };
  return { kind };
}
