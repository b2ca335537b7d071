import { describe, expect, it } from 'vitest';
import { adaptationSeries, chooseAdaptation } from '../../../src/renderer/features/run/adaptation.ts';
import { rankEvaluations } from '../../../src/renderer/features/run/evaluations-panel.tsx';
import { filterLog } from '../../../src/renderer/features/run/log-list.tsx';
import { bandOf, lateFloor, metricSeries } from '../../../src/renderer/features/run/metric-series.ts';
import { comparePaper, settingText } from '../../../src/renderer/features/run/paper.ts';
import { measureName, protocolSentence } from '../../../src/renderer/features/run/protocol-words.ts';
import { dotsOf } from '../../../src/renderer/features/run/run-progress.tsx';
import { joinEntries } from '../../../src/renderer/features/run/use-log.ts';
import { extendSeries, type LiveSeries } from '../../../src/renderer/features/run/use-series.ts';
import { waitingWords } from '../../../src/renderer/features/run/waiting-words.ts';
import { alongAxis, interpolate } from '../../../src/renderer/features/run/x-axis.ts';
import { withValue } from '../../../src/shared/run-config/fields.ts';
import { presetById } from '../../../src/shared/run-config/presets.ts';
import type { Checkpoint, Evaluation } from '../../../src/shared/runs/run.ts';
import { evaluationOf } from '../fake/fake-metrics.ts';
import { plausibleRuns } from '../fake/fake-runs.ts';

const now = Date.parse('2026-11-24T14:36:02Z');
const fake = plausibleRuns(now).find(({ summary }) => summary.name === 'maml-omni-20w1s-s1')!;
const run = fake.summary;
const validation = (iteration: number): Evaluation => evaluationOf(run, fake.curves, 'validation', iteration, now);
const line = (...points: [number, number][]): LiveSeries => ({
  steps: points.map(([step]) => step),
  values: points.map(([, value]) => value),
  stored: points.length,
});

describe('series that grow', () => {
  it('adds only points beyond the last step', () => {
    const grown = extendSeries(line([1, 5], [2, 4]), [
      [2, 9],
      [3, 3],
    ]);
    expect([grown.steps, grown.values, grown.stored]).toEqual([[1, 2, 3], [5, 4, 3], 3]);
    expect(extendSeries(grown, [[1, 0]])).toBe(grown);
  });

  it('keeps raw values behind a smoothed line, and is the line itself without smoothing', () => {
    const series = line([1, 0], [2, 10]);
    const plain = metricSeries('k', 'n', series, { smoothing: 0, scale: 'linear' }, { colour: 1 });
    expect(plain.values).toBe(series.values);
    expect(plain.raw).toBeUndefined();
    const smooth = metricSeries('k', 'n', series, { smoothing: 0.5, scale: 'linear' }, { colour: 1 });
    expect(smooth.raw).toBe(series);
    expect(Array.from(smooth.values)).toEqual([0, 20 / 3]);
  });

  it('makes a band from half widths at the same steps', () => {
    const band = bandOf(line([0, 0.5], [10, 0.6]), line([10, 0.1]))!;
    expect(Number.isNaN(band.low[0])).toBe(true);
    expect([band.low[1], band.high[1]]).toEqual([0.5, 0.7]);
    expect(bandOf(line([0, 1]), undefined)).toBeUndefined();
  });

  it('lets the axis begin near the later part only where early values would flatten it', () => {
    const rising = line(
      ...Array.from({ length: 100 }, (_, i): [number, number] => [i, i < 10 ? i / 20 : 0.94 + (i % 3) / 100]),
    );
    const floor = lateFloor(rising)!;
    expect(floor).toBeGreaterThan(0.9);
    expect(floor).toBeLessThan(0.94);
    const flat = line(...Array.from({ length: 100 }, (_, i): [number, number] => [i, 0.5 + (i % 5) / 10]));
    expect(lateFloor(flat)).toBeNull();
    expect(lateFloor(line([0, 0], [1, 1]))).toBeNull();
  });
});

describe('horizontal axes', () => {
  const seconds = line([10, 5], [20, 15]);

  it('counts tasks and compute time', () => {
    expect(alongAxis(line([1, 9], [2, 8]), 'tasks', 16, undefined).steps).toEqual([16, 32]);
    expect(alongAxis(line([10, 9], [15, 8]), 'compute', 16, seconds).steps).toEqual([5, 10]);
  });

  it('interpolates between readings and from zero before the first', () => {
    expect([5, 10, 15, 99].map((step) => interpolate(seconds, step))).toEqual([2.5, 5, 10, 15]);
    expect(interpolate(line(), 3)).toBeNaN();
  });
});

describe('adaptation curve', () => {
  const evaluations = [500, 5000, 15_000, 30_000, 60_000].map(validation);

  it('shows the present one, two early ones and the untrained network', () => {
    const untrained = evaluationOf(run, fake.curves, 'untrained', 0, now);
    const choice = chooseAdaptation([...evaluations, untrained]);
    expect(choice.now?.iteration).toBe(60_000);
    expect(choice.early.map(({ iteration }) => iteration)).toEqual([500, 15_000]);
    expect(choice.untrained).toBe(untrained);
    const drawn = adaptationSeries(choice, 'accuracy', 3);
    expect(drawn.map(({ endLabel }) => endLabel)).toEqual(['untrained', '500', '15k', '60k now']);
    expect(drawn.at(-1)?.steps[0]).toBe(0);
  });

  it('takes the final evaluation where there is one, and nothing where there is none', () => {
    const final = evaluationOf(run, fake.curves, 'final', 60_000, now);
    expect(chooseAdaptation([...evaluations, final]).now).toBe(final);
    expect(adaptationSeries(chooseAdaptation([]), 'loss', 1)).toEqual([]);
  });
});

describe('the paper', () => {
  it('finds the preset that the run follows, and each field that differs', () => {
    const config = withValue(presetById('finn-omniglot-20w1s').config, 'inner.rate', 0.5);
    const { preset, differences } = comparePaper(config);
    expect(preset?.id).toBe('finn-omniglot-20w1s');
    expect([...differences]).toEqual([['inner.rate', { paper: 0.1, source: 'Finn 2017' }]]);
  });

  it('does not count the product’s own choices', () => {
    const config = withValue(presetById('finn-sinusoid').config, 'evaluation.every', 7);
    expect(comparePaper(config).differences.size).toBe(0);
  });

  it('writes settings plainly', () => {
    expect([settingText([40, 40]), settingText(0.0001), settingText([]), settingText('adam')]).toEqual([
      '40-40',
      '1e-4',
      '–',
      'adam',
    ]);
  });
});

describe('results', () => {
  it('never stand without what they depend on', () => {
    const final = evaluationOf(run, fake.curves, 'final', 60_000, now);
    expect(measureName(final)).toBe('Test accuracy');
    const sentence = protocolSentence(final.protocol);
    for (const part of [
      '600 episodes (seed 1)',
      '20-way 1-shot',
      '1 query a class',
      'transductive',
      'omniglot v3, 9f3c41e8',
    ]) {
      expect(sentence).toContain(part);
    }
  });

  it('lists final, asked for and untrained before the latest validations', () => {
    const kinds = rankEvaluations([
      ...[1, 2, 3, 4].map((step) => validation(step * 1000)),
      evaluationOf(run, fake.curves, 'untrained', 0, now),
      evaluationOf(run, fake.curves, 'final', 60_000, now),
    ]).map(({ kind, iteration }) => `${kind} ${iteration}`);
    expect(kinds).toEqual(['final 60000', 'untrained 0', 'validation 4000', 'validation 3000', 'validation 2000']);
  });
});

describe('log', () => {
  const entry = (seq: number, level: 'info' | 'warn' | 'eval', message: string) => ({ seq, at: now, level, message });

  it('joins pages and events without repeating lines', () => {
    const joined = joinEntries(
      [entry(2, 'info', 'b')],
      [entry(1, 'info', 'a'), entry(2, 'info', 'b'), entry(3, 'warn', 'c')],
    );
    expect(joined.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('filters by kind and words', () => {
    const entries = [entry(1, 'info', 'Iteration 5'), entry(2, 'warn', 'skipped'), entry(3, 'eval', 'iteration 9')];
    expect(filterLog(entries, 'warn', '').map(({ seq }) => seq)).toEqual([2]);
    expect(filterLog(entries, 'all', 'ITERATION').map(({ seq }) => seq)).toEqual([1, 3]);
  });
});

it('keeps crowded checkpoint dots apart: the best and the last can be pressed first', () => {
  const at = (iteration: number, ...roles: Checkpoint['roles']): Checkpoint => ({
    id: `c${iteration}`,
    runId: run.id,
    iteration,
    createdAt: now,
    bytes: 1,
    sha256: '',
    roles,
    validation: null,
  });
  const dots = dotsOf([at(490, 'periodic'), at(500, 'best'), at(510, 'last'), at(900, 'periodic')], 1000);
  expect(dots.map(({ pressable }) => pressable)).toEqual([false, true, false, true]);
});

it('says what is being waited for', () => {
  expect(waitingWords({ ...run, state: 'starting', phase: 'recording' })).toBe(
    'Waiting for the first step: compiling the graph',
  );
  expect(waitingWords({ ...run, state: 'queued', phase: null })).toBe('Waiting in the queue');
});
