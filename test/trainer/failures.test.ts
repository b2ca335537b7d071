import { describe, expect, it } from 'vitest';
import { NonFiniteLossError } from '../../src/main/learning/meta-learner.ts';
import { failureOf } from '../../src/main/trainer/failures.ts';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import type { TrainJob } from '../../src/shared/contract/trainer.ts';
import { configOf } from './harness.ts';

const jobWith = (metaBatch: number): TrainJob => ({
  kind: 'train',
  runId: 'r',
  config: configOf({ outer: { metaBatch } }),
  dataset: null,
  folder: '',
  resumeFrom: null,
  computeMs: 0,
  bestSoFar: null,
});
const oom = new Error('OOM when allocating tensor with shape[400,64,28,28] and type float on /device:GPU:0');

describe('failures of a run', () => {
  it('name the iteration and the remedy when the loss is no number', () => {
    const failure = failureOf(new NonFiniteLossError(412, 3, Number.NaN), jobWith(16));
    expect(failure.code).toBe('not-finite');
    expect(failure.message).toMatch(/iteration 412.*inner\.rate/);
  });

  it('name the meta-batch and the next smaller one when memory runs out', () => {
    expect(failureOf(oom, jobWith(16))).toMatchObject({ code: 'out-of-memory' });
    expect(failureOf(oom, jobWith(16)).message).toMatch(/meta-batch of 16 tasks: set outer\.metaBatch to 8/);
    expect(failureOf(oom, jobWith(1)).message).toMatch(/1 task: use fewer filters/);
    expect(failureOf(oom, jobWith(16)).detail).toContain('shape[400,64,28,28]');
  });

  it.each(['RESOURCE_EXHAUSTED: failed to allocate', 'CUDA_ERROR_OUT_OF_MEMORY: out of memory', 'std::bad_alloc'])(
    'knows TensorFlow saying "%s"',
    (words) => {
      expect(failureOf(new Error(words), jobWith(4)).code).toBe('out-of-memory');
    },
  );

  it('keep the code and words of our own errors', () => {
    const thrown = new InnerloopError('bad-file', 'The file is not a checkpoint.', { detail: 'out of memory' });
    expect(failureOf(thrown, jobWith(4))).toEqual({
      code: 'bad-file',
      message: 'The file is not a checkpoint.',
      detail: 'out of memory',
    });
  });

  it('are internal with their stack otherwise, whatever was thrown', () => {
    expect(failureOf(new Error('boom'), null)).toMatchObject({ code: 'internal', message: 'boom' });
    expect(failureOf(new Error('boom'), null).detail).toContain('failures.test.ts');
    expect(failureOf('text', null)).toEqual({ code: 'internal', message: 'text', detail: null });
  });
});
