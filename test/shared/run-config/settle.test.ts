import { describe, expect, it } from 'vitest';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import { settleConfig } from '../../../src/shared/run-config/settle.ts';

const fineTune = presetById('fine-tune-text').config; // 3 epochs, batches of 16

describe('what a dataset settles of a config', () => {
  it('are the steps of all epochs, a validation after each, and whole splits', () => {
    const settled = settleConfig(fineTune, { train: 100, validation: 20, test: 30 });
    expect(settled.outer).toMatchObject({ iterations: 21, metaBatch: 16 });
    expect(settled.evaluation).toMatchObject({ every: 7, episodes: 20, finalEpisodes: 30, finalSplit: 'test' });
  });

  it('is no validation and no test where there are no texts for them', () => {
    const settled = settleConfig(fineTune, { train: 5, validation: 0, test: 0 });
    expect(settled.outer.iterations).toBe(3);
    expect(settled.evaluation).toMatchObject({ every: 0, finalSplit: 'none' });
  });

  it('are steps of the whole few-shot subset where a batch holds more', () => {
    const images = presetById('fine-tune-images').config; // 50 epochs, batches of 64
    const settled = settleConfig(images, { train: 25, validation: 0, test: 75 });
    expect(settled.outer.iterations).toBe(50);
    expect(settled.evaluation).toMatchObject({ every: 0, finalEpisodes: 75, finalSplit: 'test' });
  });

  it('is nothing for a meta-learner, or where the dataset is not known', () => {
    const { config } = presetById('finn-omniglot-5w1s');
    expect(settleConfig(config, { train: 100, validation: 20, test: 30 })).toBe(config);
    expect(settleConfig(fineTune, null)).toBe(fineTune);
  });
});
