import { describe, expect, it } from 'vitest';
import { checkpointLine, evaluationLine, iterationLine, peakLine } from '../../src/main/trainer/wording.ts';

describe('log lines', () => {
  it('of an iteration', () => {
    const metrics = { iteration: 38_240, loss: 0.15234, accuracy: 0.947, gradientNorm: 1 };
    expect(iterationLine(metrics, 2.912)).toBe('iteration 38,240 · loss 0.152 · query acc 94.7 % · 2.91 it/s');
    expect(iterationLine({ ...metrics, accuracy: null, loss: 0.00001234 }, null)).toBe(
      'iteration 38,240 · loss 1.23e-5',
    );
    expect(iterationLine({ ...metrics, accuracy: null, loss: 12345.6 }, 1834.4)).toBe(
      'iteration 38,240 · loss 12346 · 1834 it/s',
    );
  });

  it('of an evaluation, with interval, episodes and steps', () => {
    const outcome = {
      metric: 'accuracy',
      mean: 0.951,
      ci95: 0.003,
      perStep: [],
      episodes: 600,
      perEpisode: new Float64Array(),
    } as const;
    expect(evaluationLine('validation at 38,000', outcome, 3, 9400)).toBe(
      'validation at 38,000: 95.1 ± 0.3 % · 600 episodes · after 3 inner steps · 9.4 s',
    );
    expect(evaluationLine('test tasks', { ...outcome, metric: 'loss', mean: 0.7123, ci95: 0.05 }, 1, 90)).toBe(
      'test tasks: loss 0.712 ± 0.050 · 600 episodes · after 1 inner step · 0.09 s',
    );
  });

  it('of a checkpoint', () => {
    expect(checkpointLine({ iteration: 37_500, bytes: 1_404_000, roles: ['best', 'last'] }, 60)).toBe(
      'checkpoint 37,500, best so far · 1.4 MB · 0.06 s',
    );
    expect(checkpointLine({ iteration: 250, bytes: 20_400, roles: ['last'] }, 3)).toBe(
      'checkpoint 250 · 0.020 MB · 0.00 s',
    );
  });

  it('of the largest resident size', () => {
    expect(peakLine(712)).toBe('peak memory 0.71 GB');
  });
});
