import { describe, expect, it } from 'vitest';
import type { TrainerJob } from '../../../src/shared/contract/trainer.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import type { TextFineTuneRunConfig } from '../../../src/shared/run-config/schema.ts';
import { estimateTextMemory, textMemoryRemedy } from '../../../src/shared/run-config/text-memory.ts';
import { outOfMemoryRemedy } from '../../../src/shared/runs/out-of-memory.ts';

const base = presetById('fine-tune-text').config as TextFineTuneRunConfig;
const miniLm = {
  ...{ hiddenSize: 384, layers: 6, heads: 12, intermediateSize: 1536, vocabSize: 30_522, maxPositions: 512 },
};
const withBatch = (batch: number, maxLength: number, accumulate = 1): TextFineTuneRunConfig => ({
  ...base,
  task: { ...base.task, maxLength },
  algorithm: { ...base.algorithm, batch, accumulate },
});
const peak = (config: TextFineTuneRunConfig): number => estimateTextMemory(config, miniLm).peakBytes;

describe('the memory of fine-tuning on texts', () => {
  it('bounds what was measured of MiniLM, and by no more than 1.6 times', () => {
    for (const [length, measured] of [
      [64, 1.933e9],
      [128, 2.204e9],
    ] as const) {
      expect(peak(withBatch(16, length))).toBeGreaterThan(measured);
      expect(peak(withBatch(16, length))).toBeLessThan(1.6 * measured);
    }
  });

  it('grows with batch, length and what is trained', () => {
    expect(peak(withBatch(32, 64))).toBeGreaterThan(peak(withBatch(16, 64)));
    expect(peak(withBatch(16, 128))).toBeGreaterThan(peak(withBatch(16, 64)));
    expect(peak(withBatch(16, 64, 2))).toBeGreaterThan(peak(withBatch(16, 64)));
    expect(peak(withBatch(16, 64, 2))).toBeLessThan(peak(withBatch(32, 64)));
    const head = { ...base, model: { ...base.model, trained: { kind: 'head' as const } } };
    expect(peak(head)).toBeLessThan(peak(base));
  });

  it('names the field and the next smaller value', () => {
    expect(textMemoryRemedy(withBatch(16, 128, 2))).toBe(
      'A step computes 16 texts of up to 128 tokens at once: set algorithm.batch to 8 and algorithm.accumulate to 4, ' +
        'which keeps the size of a step, or task.maxLength to a smaller value.',
    );
    expect(textMemoryRemedy(withBatch(1, 128))).toContain('set task.maxLength to 64.');
    const job = { kind: 'train', config: withBatch(16, 128) } as unknown as TrainerJob;
    expect(outOfMemoryRemedy(job)).toContain('set algorithm.batch to 8');
  });
});
