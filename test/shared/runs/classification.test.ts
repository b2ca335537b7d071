import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LabelMode } from '../../../src/shared/datasets/text.ts';
import { classificationReport, predictedLabels } from '../../../src/shared/runs/classification.ts';
import { classificationReportSchema } from '../../../src/shared/runs/classification-report.ts';

interface Case {
  readonly labelMode: LabelMode;
  readonly truth: number[][];
  readonly probabilities: number[][];
  readonly expected: {
    readonly [Key in 'accuracy' | 'macroF1' | 'weightedF1' | 'microF1' | 'logLoss' | 'brier' | 'ece']: number;
  } & {
    readonly [Key in 'mcc' | 'auc']: number | null;
  } & {
    readonly [Key in 'precision' | 'recall' | 'f1' | 'support' | 'counts']: number[];
  } & { readonly confusion: number[][] | null };
}

const cases = JSON.parse(
  readFileSync(new URL('../../numerics/fixtures/classification.json', import.meta.url), 'utf8'),
) as Record<string, Case>;

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `label ${i}`);

const reportOf = (truth: number[][], probabilities: number[][], labelMode: LabelMode = 'single') =>
  classificationReport({
    labels: names(probabilities[0]!.length),
    labelMode,
    truth,
    probabilities: Float32Array.from(probabilities.flat()),
  });

describe('classificationReport', () => {
  test.each(Object.entries(cases))("equals scikit-learn's numbers: %s", (_, { labelMode, ...given }) => {
    const report = reportOf(given.truth, given.probabilities, labelMode);
    const { expected } = given;
    const closeTo = (value: number) => expect.closeTo(value, 6);
    const maybe = (value: number | null) => (value === null ? null : closeTo(value));
    expect(report).toMatchObject({
      examples: given.truth.length,
      accuracy: { value: closeTo(expected.accuracy) },
      macroF1: closeTo(expected.macroF1),
      weightedF1: closeTo(expected.weightedF1),
      microF1: closeTo(expected.microF1),
      mcc: maybe(expected.mcc),
      auc: maybe(expected.auc),
      logLoss: closeTo(expected.logLoss),
      calibration: { ece: closeTo(expected.ece), brier: closeTo(expected.brier) },
      confusion: expected.confusion,
    });
    expect(report.classes.map(({ support }) => support)).toEqual(expected.support);
    expect(report.classes.map(({ precision }) => precision)).toEqual(expected.precision.map(closeTo));
    expect(report.classes.map(({ recall }) => recall)).toEqual(expected.recall.map(closeTo));
    expect(report.classes.map(({ f1 }) => f1)).toEqual(expected.f1.map(closeTo));
    expect(report.calibration.bins.map(({ count }) => count)).toEqual(expected.counts);
    expect(classificationReportSchema.parse(report)).toEqual(report);
  });

  test('says what most of the wrong examples of a label were taken for', () => {
    const surely = (label: number) => [0, 1, 2].map((other) => (other === label ? 0.8 : 0.1));
    const { classes } = reportOf([[0], [0], [0], [0], [1]], [0, 1, 2, 2, 1].map(surely));
    expect(classes.map(({ mostlyTakenFor }) => mostlyTakenFor)).toEqual([{ label: 2, count: 2 }, null, null]);
  });

  test('puts the accuracy into a Wilson interval', () => {
    const right = Array.from({ length: 10 }, () => [0.9, 0.1]);
    const { accuracy } = reportOf(
      right.map(() => [0]),
      right,
    );
    expect(accuracy).toEqual({ value: 1, low: expect.closeTo(0.7225, 4), high: expect.closeTo(1, 10) });
  });

  test('has no AUC where all examples have one label, and an MCC of 0', () => {
    const { auc, mcc } = reportOf(
      [[1], [1]],
      [
        [0.2, 0.8],
        [0.6, 0.4],
      ],
    );
    expect({ auc, mcc }).toEqual({ auc: null, mcc: 0 });
  });

  test('stays finite for a probability of 0 of what is true', () => {
    expect(reportOf([[0]], [[0, 1]]).logLoss).toBeCloseTo(-Math.log(1e-38), 4);
  });

  test('gives 0 to the calibration of a bin that is exactly as often right as it says', () => {
    const quarters = Array.from({ length: 4 }, () => [0.75, 0.25]);
    expect(reportOf([[0], [0], [0], [1]], quarters).calibration.ece).toBeCloseTo(0, 10);
  });

  test('refuses no examples, and probabilities of another number', () => {
    expect(() =>
      classificationReport({ labels: ['a', 'b'], labelMode: 'single', truth: [], probabilities: new Float32Array(0) }),
    ).toThrow('at least one example');
    expect(() =>
      classificationReport({
        labels: ['a', 'b'],
        labelMode: 'single',
        truth: [[0]],
        probabilities: new Float32Array(3),
      }),
    ).toThrow('need 2 probabilities');
  });
});

describe('predictedLabels', () => {
  test('takes the first of equally probable labels', () => {
    expect(predictedLabels([0.2, 0.4, 0.4], 'single')).toEqual([1]);
  });
  test('takes every label that is more probable than not, perhaps none', () => {
    expect(predictedLabels([0.6, 0.5, 0.9], 'multi')).toEqual([0, 2]);
    expect(predictedLabels([0.1, 0.5], 'multi')).toEqual([]);
  });
});
