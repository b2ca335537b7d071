import { describe, expect, it } from 'vitest';
import { completeFromTask } from '../../../src/shared/run-config/complete.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import type { TextFineTuneRunConfig } from '../../../src/shared/run-config/schema.ts';
import { settleConfig } from '../../../src/shared/run-config/settle.ts';

const base = presetById('fine-tune-text').config as TextFineTuneRunConfig;

describe('batches that make one step', () => {
  it('settle iterations, examples of a step and the validation after each epoch', () => {
    const config = { ...base, algorithm: { ...base.algorithm, epochs: 2, batch: 16, accumulate: 4 } };
    const settled = settleConfig(config, { train: 130, validation: 10, test: 10 });
    expect(settled.outer.iterations).toBe(6); // 64 + 64 + 2 texts, twice
    expect(settled.outer.metaBatch).toBe(64);
    expect(settled.evaluation.every).toBe(3);
  });

  it('are one where a config is older than the field', () => {
    const { accumulate: _, ...older } = base.algorithm;
    const completed = completeFromTask({ ...base, algorithm: older }) as TextFineTuneRunConfig;
    expect(completed.algorithm.accumulate).toBe(1);
  });
});
