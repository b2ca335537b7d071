import { describe, expect, it } from 'vitest';
import { networkSize } from '../../../src/shared/run-config/network-size.ts';
import type { ModelConfig } from '../../../src/shared/run-config/schema.ts';

const initialization = 'glorot-uniform';
const batchNorm = 'transductive';

describe('size of a network, counted by hand', () => {
  it('MLP 1-40-40-1', () => {
    const mlp: ModelConfig = { kind: 'mlp', hidden: [40, 40], activation: 'relu', initialization };
    expect(networkSize(mlp, [1], 1)).toEqual({ parameters: 1761, multiplyAdds: 40 + 1600 + 40 });
  });

  it('MLP on images', () => {
    const mlp: ModelConfig = { kind: 'mlp', hidden: [64], activation: 'tanh', initialization };
    expect(networkSize(mlp, [28, 28, 1], 5)).toEqual({ parameters: 784 * 64 + 64 + 325, multiplyAdds: 784 * 64 + 320 });
  });

  it('Conv4-64 with strides on 28 x 28 x 1, 5-way', () => {
    const conv4: ModelConfig = { kind: 'conv4', filters: 64, downsampling: 'stride', batchNorm, initialization };
    expect(networkSize(conv4, [28, 28, 1], 5)).toEqual({
      parameters: 576 + 128 + 3 * (36_864 + 128) + 325, // 112,005
      multiplyAdds: 14 * 14 * 576 + (7 * 7 + 4 * 4 + 2 * 2) * 36_864 + 320, // 2,656,832
    });
  });

  it('Conv4-32 with max-pooling on 84 x 84 x 3, 5-way', () => {
    const conv4: ModelConfig = { kind: 'conv4', filters: 32, downsampling: 'max-pool', batchNorm, initialization };
    expect(networkSize(conv4, [84, 84, 3], 5)).toEqual({
      parameters: 864 + 64 + 3 * (9216 + 64) + (800 * 5 + 5),
      multiplyAdds: 7056 * 864 + (42 * 42 + 21 * 21 + 10 * 10) * 9216 + 4000,
    });
  });

  it('ResNet-12 with widths 2, 3, 4, 5 on 28 x 28 x 1, 3-way', () => {
    const resnet12: ModelConfig = { kind: 'resnet12', widths: [2, 3, 4, 5], batchNorm, initialization };
    const weights = [18 + 36 + 36 + 2, 54 + 81 + 81 + 6, 108 + 144 + 144 + 12, 180 + 225 + 225 + 20] as const;
    expect(networkSize(resnet12, [28, 28, 1], 3)).toEqual({
      parameters: weights[0] + weights[1] + weights[2] + weights[3] + 8 * (2 + 3 + 4 + 5) + 18,
      multiplyAdds: 784 * weights[0] + 196 * weights[1] + 49 * weights[2] + 9 * weights[3] + 15,
    });
  });

  it('1-D CNN on a signal of 50 places and 2 channels, 2 outputs', () => {
    const cnn1d: ModelConfig = { kind: 'cnn1d', blocks: 2, filters: 8, filterLength: 5, batchNorm, initialization };
    expect(networkSize(cnn1d, [50, 2], 2)).toEqual({
      parameters: 80 + 16 + 320 + 16 + 18,
      multiplyAdds: 25 * 80 + 13 * 320 + 16,
    });
  });
});
