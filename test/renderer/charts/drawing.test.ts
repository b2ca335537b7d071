import { describe, expect, it } from 'vitest';
import { csvOf, fileNameOf } from '../../../src/renderer/charts/chart-csv.ts';
import { tableRows } from '../../../src/renderer/charts/chart-table.tsx';
import { drawnBand, drawnPoints } from '../../../src/renderer/charts/drawn.ts';
import { spreadLabels } from '../../../src/renderer/charts/end-labels.ts';
import { parseDash, slotOf } from '../../../src/renderer/charts/palette.ts';
import { type ChartSeries, nearestIndex, nonPositive } from '../../../src/renderer/charts/series.ts';
import { sparkPath } from '../../../src/renderer/charts/sparkline.tsx';
import {
  readingsAt,
  sentenceOf,
  tickText,
  valueExtent,
  valueText,
  wholeRange,
} from '../../../src/renderer/charts/view.ts';

const series = (name: string, values: readonly number[], rest: Partial<ChartSeries> = {}): ChartSeries => ({
  key: name,
  name,
  colour: 1,
  steps: values.map((_, index) => index * 10),
  values,
  ...rest,
});

describe('reduction for drawing', () => {
  const many = series(
    'many',
    Array.from({ length: 10_000 }, (_, index) => (index === 5000 ? 99 : Math.sin(index))),
  );

  it('keeps extremes and at most two points a bucket', () => {
    const points = drawnPoints(many, { from: 0, to: 100_000 }, 300);
    expect(points.length).toBeLessThanOrEqual(600);
    expect(points.some(({ y }) => y === 99)).toBe(true);
  });

  it('takes one point beyond each end, so that lines run to the edge', () => {
    const points = drawnPoints(series('few', [1, 2, 3, 4, 5]), { from: 15, to: 25 }, 100);
    expect(points.map(({ x }) => x)).toEqual([10, 20, 30]);
  });

  it('thins a band by its widest places', () => {
    const values = [1, 1, 1, 1];
    const band = { low: [0, 0.5, 0.9, 0.9], high: [2, 1.5, 1.1, 1.9] };
    expect(drawnBand(series('band', values, { band }), { from: 0, to: 30 }, 2)).toEqual([
      { x: 0, low: 0, high: 2 },
      { x: 20, low: 0.9, high: 1.9 },
    ]);
  });
});

describe('labels at the ends of lines', () => {
  it('moves them apart and keeps them inside', () => {
    const placed = spreadLabels([50, 52, 51, 99], 14, 0, 100);
    const sorted = [...placed].sort((a, b) => a - b);
    for (let index = 1; index < sorted.length; index++)
      expect(sorted[index]! - sorted[index - 1]!).toBeGreaterThanOrEqual(14);
    expect(Math.max(...placed)).toBeLessThanOrEqual(100);
  });

  it('leaves those that have room where they want to be', () => {
    expect(spreadLabels([20, 80], 14, 0, 100)).toEqual([20, 80]);
  });
});

describe('ranges', () => {
  it('spans all series, or what the axis fixes', () => {
    const both = [series('a', [1, 2, 3]), { ...series('b', [5]), steps: [70] }];
    expect(wholeRange(both, { title: '' })).toEqual({ from: 0, to: 70 });
    expect(wholeRange(both, { title: '', min: 0, max: 500 })).toEqual({ from: 0, to: 500 });
    expect(wholeRange([], { title: '' })).toEqual({ from: 0, to: 1 });
  });

  it('counts bands, raw values and references, and only positive values on a log axis', () => {
    const drawn = series('a', [2, 3], { raw: series('raw', [-1, 9]), band: { low: [1.5, 2], high: [4, 5] } });
    expect(valueExtent([drawn], { from: 0, to: 10 }, { title: '' }, [12])).toEqual([-1, 12]);
    expect(valueExtent([drawn], { from: 0, to: 10 }, { title: '', scale: 'log' }, [])).toEqual([1.5, 9]);
    expect(nonPositive([series('a', [1, 0, -2])])).toBe(2);
  });
});

describe('words of charts', () => {
  const accuracy = { title: 'Query accuracy (%)', unit: 'fraction' } as const;

  it('writes values with their interval and unit', () => {
    expect(valueText(accuracy, 0.951, 0.003)).toBe('95.1 ± 0.3 %');
    expect(valueText({ title: '' }, 0.152, null)).toBe('0.152');
  });

  it('gives ticks as many decimals as their distance needs', () => {
    expect([0.88, 0.9].map((tick) => tickText(accuracy, tick, 0.02))).toEqual(['88', '90']);
    expect(tickText(accuracy, 0.875, 0.025)).toBe('87.5');
    const epochs = { title: 'Epoch', per: 500 };
    expect([0, 500, 1500].map((tick) => tickText(epochs, tick, 500))).toEqual(['0', '1', '3']);
    expect(tickText(epochs, 250, 250)).toBe('0.5');
    expect([0, 5000, 10_000, 2_500_000].map((tick) => tickText({ title: '' }, tick, 5000))).toEqual([
      '0',
      '5k',
      '10k',
      '2.5M',
    ]);
  });

  it('reads raw values at the hair, highest first, and leaves out series that end far away', () => {
    const smooth = series('smooth', [1, 1, 1], { raw: series('raw', [1, 5, 1]) });
    const short = { ...series('short', [9]), steps: [0] };
    const readings = readingsAt([series('low', [0, 0, 0]), smooth, short], 10, { from: 0, to: 20 }, { title: '' });
    expect(readings.map(({ series: { name }, value }) => [name, value])).toEqual([
      ['smooth', 5],
      ['low', 0],
    ]);
  });

  it('is a sentence for screen readers', () => {
    expect(
      sentenceOf('Validation accuracy', { title: 'Meta-iteration' }, accuracy, [series('Accuracy', [0.2, 0.952])]),
    ).toBe('Validation accuracy: Query accuracy (%) against Meta-iteration; Accuracy ends at 95.2 %.');
    expect(sentenceOf('Loss', { title: 'x' }, { title: 'y' }, [])).toContain('no points yet');
  });
});

describe('what is taken out of charts', () => {
  it('writes every raw point, quoting names', () => {
    const csv = csvOf([series('a "b", c', [1, 2], { raw: series('raw', [3, 4]) })]);
    expect(csv).toBe('series,step,value,low,high\n"a ""b"", c",0,3,,\n"a ""b"", c",10,4,,\n');
  });

  it('makes one table row a step over all series', () => {
    const rows = tableRows([series('a', [1, 2]), { ...series('b', [7]), steps: [10] }], { title: '' });
    expect(rows).toEqual([
      { step: 0, texts: ['1.000', ''] },
      { step: 10, texts: ['2.000', '7.000'] },
    ]);
  });

  it('names files plainly', () => {
    expect(fileNameOf('maml-omni 20w/1s', 'Validation accuracy')).toBe('maml-omni-20w-1s-validation-accuracy');
  });
});

it('finds the nearest point, also at the ends', () => {
  const steps = [0, 10, 20];
  expect([-5, 4, 6, 99].map((x) => nearestIndex(steps, x))).toEqual([0, 0, 1, 2]);
  expect(nearestIndex([], 3)).toBe(-1);
});

it('reads dashes and gives runs their slots by number', () => {
  expect([parseDash('9 3 2 3'), parseDash('none')]).toEqual([[9, 3, 2, 3], []]);
  expect([1, 8, 9].map(slotOf)).toEqual([1, 8, 1]);
});

it('leaves a gap in a sparkline where a value is broken', () => {
  const { path, end } = sparkPath([1, Number.NaN, 3, 2], 30, 10);
  expect(path.match(/M/g)).toHaveLength(2);
  expect(end).toEqual([30, 5]);
  expect(sparkPath([], 30, 10)).toEqual({ path: '', end: null });
});
