import { expect, test } from 'vitest';
import { trainerEnvironment } from '../../src/main/files/tensorflow-env.ts';

test('a trainer on the CPU sees no card, one on the GPU takes memory as it needs it', () => {
  const cpu = trainerEnvironment({ device: 'cpu' });
  const gpu = trainerEnvironment({ device: 'gpu' });
  expect(cpu).toMatchObject({ CUDA_VISIBLE_DEVICES: '-1', TF_CPP_MIN_LOG_LEVEL: '2' });
  expect(gpu).not.toHaveProperty('CUDA_VISIBLE_DEVICES');
  expect(gpu).toMatchObject({ TF_FORCE_GPU_ALLOW_GROWTH: 'true' });
});

test('the number of threads is TensorFlow’s own unless one is given', () => {
  expect(trainerEnvironment({ device: 'cpu' })).not.toHaveProperty('TF_NUM_INTRAOP_THREADS');
  expect(trainerEnvironment({ device: 'cpu', threads: 3 })).toMatchObject({ TF_NUM_INTRAOP_THREADS: '3' });
});
