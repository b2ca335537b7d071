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

  it('name the batch and the next smaller one when memory runs out', () => {
    const failure = failureOf(oom, jobWith(16));
    expect(failure).toMatchObject({ code: 'out-of-memory' });
    expect(failure.message).toMatch(/16 of the 16 tasks .* set outer\.metaBatch to 8, which computes 8 at once/);
    expect(failure.message).toMatch(/Or run it on the CPU/);
    expect(failure.detail).toContain('shape[400,64,28,28]');
    expect(failureOf(oom, jobWith(1)).message).toMatch(/1 of the 1 task .* set task\.query to \d/);
  });

  it('name the queries when test episodes were too large, and nothing of a config where there is none', () => {
    const { config } = jobWith(4);
    const job = { kind: 'evaluate', runId: 'r', config, dataset: null, checkpoint: null, split: 'test' } as const;
    expect(failureOf(new Error('std::bad_alloc'), job).message).toMatch(
      /A test episode has \d+ support and \d+ query examples: ask for \d+ queries\./,
    );
    expect(failureOf(new Error('std::bad_alloc'), null).message).toMatch(/Use a smaller batch/);
  });

  it.each([
    'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[75,84,84,32] and type float on /job:localhost/replica:0/task:0/device:CPU:0 by allocator mklcpu', // seen under a limit of 1.1 GB
    'OOM when allocating tensor with shape[64,3,3,64] and type float on /job:localhost/replica:0/task:0/device:CPU:0 by allocator cpu\n\t [[{{node operation12}}]]\nHint: If you want to see a list of allocated tensors when OOM happens, add report_tensor_allocations_upon_oom to RunOptions for current allocation info.',
    'Session fail to run with error: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 1073741824 bytes.',
    'Session fail to run with error: 2 root error(s) found.\n  (0) RESOURCE_EXHAUSTED: failed to allocate memory',
    'CUDA_ERROR_OUT_OF_MEMORY: out of memory',
    'INTERNAL: Failed to create cuDNN handle: CUDNN_STATUS_ALLOC_FAILED',
    'std::bad_alloc',
    'Cannot allocate memory',
  ])('knows that memory ran out by "%s"', (words) => {
    expect(failureOf(new Error(words), jobWith(4)).code).toBe('out-of-memory');
  });

  it.each(['Invalid argument: Incompatible shapes: [2] vs. [3]', 'The room OOMPH is closed'])(
    'does not take "%s" for it',
    (words) => {
      expect(failureOf(new Error(words), jobWith(4)).code).toBe('internal');
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
