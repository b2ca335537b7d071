import { describe, expect, it } from 'vitest';
import { networkTensors } from '../../../src/main/core/export/network-model.ts';
import type { FileTensor } from '../../../src/main/files/tensor-types.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import type { AlgorithmConfig, NetworkConfig } from '../../../src/shared/run-config/schema.ts';

const network = presetById('finn-omniglot-5w1s').config.model as NetworkConfig;
const algorithm = (kind: string, more: object = {}) => ({ kind, ...more }) as unknown as AlgorithmConfig;
const tensor = (...shape: readonly number[]): FileTensor => ({
  dtype: 'F32',
  shape,
  values: Float32Array.from({ length: shape.reduce((size, side) => size * side, 1) }, (_, i) => i),
});
const parameters = (more: Readonly<Record<string, FileTensor>>) =>
  new Map(Object.entries({ 'conv1/kernel': tensor(3, 3, 1, 2), ...more }));

describe('the network of a checkpoint', () => {
  it('leaves out the rates that were learned besides', () => {
    const found = networkTensors(
      network,
      algorithm('meta-sgd'),
      parameters({ 'head/kernel': tensor(2, 5), 'rate/head/kernel': tensor(2, 5) }),
    );
    expect([...found.keys()]).toEqual(['conv1/kernel', 'head/kernel']);
  });

  it('takes the scale and shift of the first inner step of MAML++', () => {
    const found = networkTensors(network, algorithm('maml-plus-plus'), parameters({ 'conv1/scale': tensor(5, 2) }));
    expect(found.get('conv1/scale')).toEqual({ dtype: 'F32', shape: [2], values: Float32Array.of(0, 1) });
  });

  it('has the linear head of all training classes of pretraining, and no head of a cosine one', () => {
    const heads = { 'training-head/kernel': tensor(2, 9), 'new-head/kernel': tensor(2, 5) };
    const linear = networkTensors(
      network,
      algorithm('pretrain', { head: 'linear' }),
      parameters({ ...heads, 'training-head/bias': tensor(9), 'new-head/bias': tensor(5) }),
    );
    expect([...linear.keys()]).toEqual(['conv1/kernel', 'head/kernel', 'head/bias']);
    expect(linear.get('head/kernel')?.shape).toEqual([2, 9]);
    const cosine = networkTensors(network, algorithm('pretrain', { head: 'cosine' }), parameters(heads));
    expect([...cosine.keys()]).toEqual(['conv1/kernel']);
  });
});
