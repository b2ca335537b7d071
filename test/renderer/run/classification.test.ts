import { describe, expect, it } from 'vitest';
import { barsFrom, weakestFirst } from '../../../src/renderer/features/run/classification/classes-panel.tsx';
import { cellSentence } from '../../../src/renderer/features/run/classification/confusion-grid.tsx';
import { filterOf } from '../../../src/renderer/features/run/classification/confusion-panel.tsx';
import { examplesCsv } from '../../../src/renderer/features/run/classification/examples-csv.ts';
import {
  cellAfter,
  confusedPairs,
  heatOf,
  matrixFacts,
  shareAt,
} from '../../../src/renderer/features/run/classification/matrix.ts';
import { scoresOf } from '../../../src/renderer/features/run/classification/scores-panel.tsx';
import {
  accuracyText,
  evaluationSentence,
  evaluationWords,
  filterWords,
  labelMarks,
  mistakes,
} from '../../../src/renderer/features/run/classification/words.ts';
import { epochAxisTitle, placeInTraining } from '../../../src/renderer/features/run/epochs.ts';
import { metricWords } from '../../../src/renderer/features/run/metric-words.ts';
import { alongIterations, iterationAxis, xWords } from '../../../src/renderer/features/run/x-axis.ts';
import { classificationReport } from '../../../src/shared/runs/classification.ts';
import type { Classification, PredictedExample } from '../../../src/shared/runs/classification-report.ts';
import { fineTunedRuns, plausibleRuns } from '../fake/fake-runs.ts';

const now = Date.parse('2026-11-24T12:00:00');
const run = fineTunedRuns(now)[0]!.summary;
const episodic = plausibleRuns(now).find(({ summary }) => summary.config.task.kind === 'image-classes')!.summary;

/** Nine of ten `a` are recognised, one is taken for `b`; one of two `b` is taken for `a`; nothing is `c`. */
const labels = ['a', 'b', 'c'];
const facts = matrixFacts([
  [9, 1, 0],
  [1, 1, 0],
  [0, 0, 0],
]);

describe('a confusion matrix', () => {
  it('counts by truth and by prediction, and has no share of nothing', () => {
    expect([facts.ofTrue, facts.ofPredicted]).toEqual([
      [10, 2, 0],
      [10, 2, 0],
    ]);
    expect(shareAt(facts, { truth: 1, predicted: 0 }, 'true')).toBe(0.5);
    expect(shareAt(facts, { truth: 1, predicted: 0 }, 'predicted')).toBe(0.1);
    expect(shareAt(facts, { truth: 2, predicted: 2 }, 'true')).toBeNull();
  });

  it('shades by the share of the true class, finer where mistakes are, as in the design', () => {
    // the shares that the design's picture shows, and the steps it gives them
    expect([0, 5 / 550, 9 / 550, 26 / 704, 21 / 178, 155 / 178, 255 / 275, 1].map(heatOf)).toEqual([
      0, 1, 2, 2, 3, 5, 6, 6,
    ]);
    expect(heatOf(0.5)).toBe(4);
    expect(heatOf(null)).toBe(0);
  });

  it('is moved through by keys, and not beyond its edge', () => {
    const middle = { truth: 1, predicted: 1 };
    expect(cellAfter('ArrowDown', middle, 3)).toEqual({ truth: 2, predicted: 1 });
    expect(cellAfter('ArrowDown', { truth: 2, predicted: 1 }, 3)).toEqual({ truth: 2, predicted: 1 });
    expect(cellAfter('ArrowLeft', { truth: 0, predicted: 0 }, 3)).toEqual({ truth: 0, predicted: 0 });
    expect(cellAfter('End', middle, 3)).toEqual({ truth: 1, predicted: 2 });
    expect(cellAfter('PageUp', middle, 3)).toEqual({ truth: 0, predicted: 1 });
    expect(cellAfter('x', middle, 3)).toBeNull();
  });

  it('says a cell in words that stand alone', () => {
    expect(cellSentence(facts, labels, { truth: 1, predicted: 0 }, 'text')).toBe(
      'b taken for a: 1 text, 50.0 % of b, 10.0 % of what was taken for a',
    );
    expect(cellSentence(facts, labels, { truth: 0, predicted: 0 }, 'image')).toBe(
      'a recognised: 9 images, 90.0 % of a, 90.0 % of what was taken for a',
    );
  });

  it('lists the pairs that were confused, most often first, then by share', () => {
    expect(confusedPairs(facts)).toEqual([
      { truth: 1, predicted: 0, count: 1, share: 0.5 },
      { truth: 0, predicted: 1, count: 1, share: 0.1 },
    ]);
  });

  it('filters the examples: wrong ones off the diagonal, all of them on it', () => {
    expect(filterOf({ truth: 0, predicted: 1 })).toEqual({ truth: 0, predicted: 1, which: 'wrong' });
    expect(filterOf({ truth: 1, predicted: 1 }).which).toBe('all');
    expect(filterWords(filterOf({ truth: 0, predicted: 1 }), labels)).toBe('a taken for b');
    expect(filterWords(filterOf({ truth: 1, predicted: 1 }), labels)).toBe('b, recognised');
    expect(filterWords(filterOf(null), labels)).toBe('Mistakes');
    expect(filterWords({ truth: null, predicted: 2, which: 'wrong' }, labels)).toBe('Others taken for c');
  });
});

const shownOf = (mode: 'single' | 'multi', truth: number[][], probabilities: number[]): Classification => ({
  evaluation: {
    ...{ id: 'e', kind: 'final', split: 'test', iteration: 1000, createdAt: now, examples: truth.length },
    dataset: { id: 'd', name: 'mails', version: 2, digest: '5be90a77aaaa' },
  },
  labels: ['ham', 'spam'],
  labelMode: mode,
  report: classificationReport({
    ...{ labels: ['ham', 'spam'], labelMode: mode, truth },
    probabilities: Float32Array.from(probabilities),
  }),
  available: [],
});

describe('the numbers of an evaluation', () => {
  const shown = shownOf('single', [[0], [1], [1], [0]], [0.9, 0.1, 0.2, 0.8, 0.7, 0.3, 0.6, 0.4]);

  it('never come without interval and protocol', () => {
    expect(accuracyText({ value: 0.934, low: 0.9226, high: 0.9454 })).toBe('93.4 ± 1.1 %');
    expect(accuracyText({ value: 0.996, low: 0.982, high: 0.999 })).toBe('99.6 % (98.2 to 99.9)');
    expect(evaluationWords(shown.evaluation, run.config)).toBe('test, epoch 2');
    expect(evaluationSentence(shown.evaluation, run.config)).toBe(
      'All 4 texts of the test split, weights of epoch 2; mails v2, 5be90a77.',
    );
    expect(mistakes(shown)).toBe(1);
  });

  it('are those that two labels have, and others with several labels at once', () => {
    expect(scoresOf(shown).map(({ name }) => name)).toEqual([
      'Accuracy',
      'Macro F1',
      'Weighted F1',
      'MCC',
      'AUC',
      'Log loss (nats)',
    ]);
    const several = shownOf('multi', [[0], [0, 1], []], [0.9, 0.1, 0.8, 0.7, 0.2, 0.6]);
    expect(scoresOf(several).map(({ name }) => name)).toEqual([
      'All labels right',
      'Macro F1',
      'Weighted F1',
      'Micro F1',
      'Log loss (nats)',
    ]);
  });

  it('put the weakest class first, and one without examples last', () => {
    const of = (label: number, f1: number, support = 10) => ({
      ...{ label, f1, support, precision: f1, recall: f1, mostlyTakenFor: null },
    });
    const classes = [of(0, 0.96), of(1, 0, 0), of(2, 0.857)];
    expect(weakestFirst(classes).map(({ label }) => label)).toEqual([2, 0, 1]);
    expect(barsFrom(classes)).toBeCloseTo(0.7);
    expect(barsFrom([of(0, 0.3)])).toBe(0);
  });
});

const example = (part: Partial<PredictedExample>): PredictedExample => ({
  ...{ position: 7, split: 'test', text: 'hello', pair: null, image: null, row: null, clip: null },
  ...{ truth: [0], predicted: [0], probabilities: [0.6, 0.3, 0.1] },
  ...part,
});

describe('a predicted example', () => {
  it('says what it was taken for before what it is', () => {
    expect(labelMarks(example({ predicted: [1], probabilities: [0.3, 0.6, 0.1] }))).toEqual([
      { label: 1, look: 'wrong', probability: 0.6 },
      { label: 0, look: 'missed', probability: 0.3 },
    ]);
    expect(labelMarks(example({}))).toEqual([{ label: 0, look: 'right', probability: 0.6 }]);
  });

  it('names only the labels that differ, where there are several', () => {
    const marks = labelMarks(example({ truth: [0, 1], predicted: [0, 2], probabilities: [0.9, 0.2, 0.8] }));
    expect(marks.map(({ label, look }) => [label, look])).toEqual([
      [2, 'wrong'],
      [1, 'missed'],
    ]);
  });

  it('is saved with quotes where they are needed and every probability', () => {
    const csv = examplesCsv([example({ text: 'He said "no",\nthen left', truth: [0, 2] })], ['a', 'b,c', 'd'], null);
    expect(csv).toBe(
      'position,split,text,pair,truth,predicted,p(a),"p(b,c)",p(d)\n7,test,"He said ""no"",\nthen left",,a; d,a,0.6,0.3,0.1\n',
    );
  });
});

describe('the words of a fine-tuned run', () => {
  it('count epochs where a run learns in passes, and iterations elsewhere', () => {
    expect(placeInTraining(run.config, 1500)).toBe('epoch 3');
    expect(placeInTraining(run.config, 1200)).toBe('epoch 2.4');
    expect(placeInTraining(run.config, 0)).toBe('the start');
    expect(placeInTraining(episodic.config, 1500)).toBe('iteration 1,500');
    expect(epochAxisTitle(run.config)).toBe('Epoch (500 steps of 32 texts each)');
  });

  it('put epochs under its charts, whose data stay in steps', () => {
    expect(iterationAxis(run)).toEqual({ title: 'Epoch (500 steps of 32 texts each)', min: 0, max: 2000, per: 500 });
    expect(iterationAxis(episodic)).toMatchObject({ title: 'Meta-iteration', values: 'whole' });
    expect(alongIterations(run).describeX?.(750)).toBe('epoch 1.5');
    expect(alongIterations(episodic)).toEqual({});
    expect(xWords(run).tasks.choice).toBe('Texts seen');
    expect(xWords(episodic).tasks.choice).toBe('Tasks seen');
  });

  it('do not speak of meta-training', () => {
    expect(metricWords('train/loss', run.config).label).toBe('Training loss');
    expect(metricWords('train/loss', episodic.config).label).toBe('Meta-train loss');
    expect(metricWords('validation/macro-f1', run.config).label).toBe('Validation macro F1');
  });
});
