import { describe, expect, it } from 'vitest';
import { checkMemory, memoryAdvice } from '../../../src/main/core/runs/memory-check.ts';
import type { TrainerDataset } from '../../../src/shared/contract/trainer.ts';
import { imageConfig, sinusoidConfig } from '../../learning/learners.ts';

const gigabyte = 1e9;
const images = {
  kind: 'image-classes',
  ...{ id: 'd', name: 'blobs', version: 1, digest: '', pixelsFile: '' },
  layout: { width: 28, height: 28, channels: 1, polarity: 'photo' },
  classes: [{ index: 0, name: 'a', group: '', firstExample: 0, examples: 20, split: 'train' }],
} as const;
const datasets = {
  factsFor: () => null,
  forTrainer: (): TrainerDataset => ({ ...images, classes: [...images.classes] }),
};
const generated = { factsFor: () => null, forTrainer: () => null };

describe('memory of a run before it is launched', () => {
  it('is shown with its parts, and no advice where enough is free', () => {
    const memory = checkMemory(sinusoidConfig(), generated, () => 64 * gigabyte);
    expect(memory?.shown.freeBytes).toBe(64 * gigabyte);
    expect(memory?.shown.peakBytes).toBeGreaterThan(0.4 * gigabyte);
    expect(memory?.shown.source).toMatch(
      /^program and graphs 0\.\d\d GB, .*4 tasks at once .*upper bound for the CPU$/,
    );
    expect(memoryAdvice(memory)).toEqual([]);
  });

  it('is warned of above what is free, with the next smaller batch', () => {
    const config = imageConfig({ outer: { metaBatch: 4 } });
    const [warning, ...others] = memoryAdvice(checkMemory(config, datasets, () => 0.1 * gigabyte));
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ path: 'outer.metaBatch', level: 'warning' });
    expect(warning?.message).toMatch(/^The run may need up to 0\.\d\d GB of memory, and 0\.10 GB are free now\. /);
    expect(warning?.message).toMatch(/4 of the 4 tasks .* set outer\.metaBatch to 3, which computes 3 at once\.$/);
  });
});
