import { describe, expect, it } from 'vitest';
import { clipInputErrors } from '../../../src/shared/datasets/check-clip-inputs.ts';
import type { ModelConfig } from '../../../src/shared/run-config/schema.ts';

const model = (kind: string, more: object = {}) => ({ kind, ...more }) as unknown as ModelConfig;
const pooled = model('conv4', { downsampling: 'max-pool' });
const dataset = (samples: number) => ({ name: 'words', layout: { rate: 8000, samples } });
const task = (bands: number, features: 'log-mel' | 'waveform' = 'log-mel') => ({ bands, features });

describe('log-mel bands of a clip', () => {
  it('suit a network that halves both sides four times from 16 windows and bands on', () => {
    expect(clipInputErrors(task(16), pooled, dataset(200 + 15 * 80))).toEqual([]);
    expect(clipInputErrors(task(40), model('resnet12'), dataset(8000))).toEqual([]);
  });

  it('are refused where they are fewer', () => {
    expect(clipInputErrors(task(8), pooled, dataset(8000))).toMatchObject([{ path: 'task.bands', nearest: 16 }]);
    expect(clipInputErrors(task(40), pooled, dataset(199 + 15 * 80))).toEqual([
      {
        path: 'model.downsampling',
        message:
          'Conv4 with max-pooling needs at least 16 windows of 25 ms and 16 bands; a clip of "words" lasts 15 windows.',
        allowed: 'stride',
        nearest: 'stride',
      },
    ]);
    expect(clipInputErrors(task(40), model('resnet12'), dataset(80))).toMatchObject([
      { path: 'model.kind', message: expect.stringContaining('lasts 1 window.') },
    ]);
  });

  it('suit the other networks always, and a waveform has none', () => {
    for (const kind of ['mlp', 'cnn1d']) expect(clipInputErrors(task(8), model(kind), dataset(80))).toEqual([]);
    expect(clipInputErrors(task(8), model('conv4', { downsampling: 'stride' }), dataset(80))).toEqual([]);
    expect(clipInputErrors(task(8, 'waveform'), pooled, dataset(80))).toEqual([]);
  });
});
