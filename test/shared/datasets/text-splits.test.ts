import { describe, expect, it } from 'vitest';
import { lengthHistogram } from '../../../src/shared/datasets/length-histogram.ts';
import {
  countLabels,
  countShared,
  countTextSplits,
  drawTextSplits,
  drawValidation,
  type PlannedTexts,
} from '../../../src/shared/datasets/text-splits.ts';

const labelNames = ['common', 'rare', 'once'];
/** 800 of one label, 199 of another, a single one of the third; every tenth text is that of the one before. */
const texts: PlannedTexts = {
  labelNames,
  labels: Array.from({ length: 1000 }, (_, i) => [i === 999 ? 2 : i % 5 === 4 ? 1 : 0]),
  firstEqual: Array.from({ length: 1000 }, (_, i) => (i % 10 === 1 ? i - 1 : i)),
};
const fractions = { train: 0.8, validation: 0.1, seed: 1 };

describe('drawn splits of texts', () => {
  it('have their share of every label and of all', () => {
    const codes = drawTextSplits(texts, fractions);
    const counts = countLabels(texts, codes);
    expect(counts[0]!.train).toBeGreaterThanOrEqual(638);
    expect(counts[0]!.train).toBeLessThanOrEqual(642);
    expect([158, 159, 160]).toContain(counts[1]!.train);
    expect(counts[1]!.validation + counts[1]!.test + counts[1]!.train).toBe(199);
    expect(counts[2]).toMatchObject({ train: 1, test: 0 });
    const splits = countTextSplits(counts, codes);
    expect(Math.abs(splits.train.examples - 800)).toBeLessThanOrEqual(2);
    expect(Math.abs(splits.test.examples - 100)).toBeLessThanOrEqual(2);
  });

  it('keep equal texts together', () => {
    const codes = drawTextSplits(texts, fractions);
    expect(countShared(texts, codes)).toBe(0);
    codes[0] = 0;
    codes[1] = 2;
    expect(countShared(texts, codes)).toBe(1);
  });

  it('are those of their seed', () => {
    expect(drawTextSplits(texts, fractions)).toEqual(drawTextSplits(texts, fractions));
    expect(drawTextSplits(texts, { ...fractions, seed: 2 })).not.toEqual(drawTextSplits(texts, fractions));
  });

  it('share out many small labels as evenly as few large ones', () => {
    const labels = Array.from({ length: 400 }, (_, i) => [Math.floor(i / 4)]);
    const many = { labels, labelNames: labels.map((_, i) => String(i)), firstEqual: labels.map((_, i) => i) };
    const codes = drawTextSplits(many, fractions);
    const { train, validation, test } = countTextSplits(countLabels(many, codes), codes);
    expect([train.examples, validation.examples, test.examples]).toEqual([320, 40, 40]);
  });

  it('may be of two parts, and no more than all', () => {
    const codes = drawTextSplits(texts, { train: 0.5, validation: 0.5, seed: 1 });
    expect(codes.includes(2)).toBe(false);
    expect(() => drawTextSplits(texts, { train: 0.8, validation: 0.3, seed: 1 })).toThrow('more than all examples');
  });
});

it('validation is drawn from train alone', () => {
  const codes = Uint8Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : 2));
  drawValidation(codes, texts, 0.1, 1);
  expect(codes.subarray(900).every((code) => code === 2)).toBe(true);
  expect(Math.abs(codes.filter((code) => code === 1).length - 90)).toBeLessThanOrEqual(2);
});

describe('a histogram of lengths', () => {
  it('counts everything once, in bins of a round width', () => {
    const lengths = Array.from({ length: 500 }, (_, i) => i + 1);
    const { edges, counts, least, median, p95, most, mean } = lengthHistogram(lengths);
    expect(counts.reduce((sum, count) => sum + count)).toBe(500);
    expect(edges[1]! - edges[0]!).toBe(50);
    expect(edges).toHaveLength(counts.length + 1);
    expect({ least, median, p95, most, mean }).toEqual({ least: 1, median: 250, p95: 475, most: 500, mean: 250.5 });
  });

  it('puts a long tail into its last bin', () => {
    const { edges, counts, most } = lengthHistogram([...Array.from({ length: 99 }, () => 10), 100_000]);
    expect(most).toBe(100_000);
    expect(edges.at(-1)).toBe(100_000);
    expect(edges.at(-2)).toBeLessThan(30);
    expect(counts.at(-1)).toBe(1);
  });

  it('stands for one length, and for none', () => {
    expect(lengthHistogram([7, 7]).counts).toEqual([2]);
    expect(lengthHistogram([])).toMatchObject({ counts: [0], mean: 0 });
  });
});
