import { describe, expect, it } from 'vitest';
import { InnerloopError } from '../../src/shared/contract/errors.ts';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import { completeRunConfig } from '../../src/shared/run-config/complete.ts';
import { runConfigSchema } from '../../src/shared/run-config/schema.ts';
import { classificationReport, summaryOfReport } from '../../src/shared/runs/classification.ts';
import type { Classification, PredictedExample } from '../../src/shared/runs/classification-report.ts';
import { cli, coreWithRuns, evaluation, runSummary } from './harness.ts';

/** 4 examples of ham, of which 1 was taken for spam; 1 of spam. */
const report = classificationReport({
  labels: ['ham', 'spam'],
  labelMode: 'single',
  truth: [[0], [0], [0], [0], [1]],
  probabilities: Float32Array.of(0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.2, 0.8, 0.1, 0.9),
});
const facts = {
  ...{ id: 'e1', kind: 'final', split: 'test', iteration: 240, createdAt: 0, examples: 5 },
  dataset: null,
} as const satisfies Classification['evaluation'];
const classification: Classification = {
  ...{ evaluation: facts, labels: ['ham', 'spam'], labelMode: 'single', report, available: [facts] },
};

const config = runConfigSchema.parse(
  completeRunConfig({ task: { kind: 'text-classes', dataset: 'mails' }, algorithm: { kind: 'fine-tune' } }),
);
const final = evaluation({ metric: 'accuracy', mean: 0.8, ci95: 0.1, classification: summaryOfReport(report) });
const run = runSummary({ id: 'r1', number: 7, name: 'spam', config, final, untrained: null });

const mistake = (position: number): PredictedExample => ({
  ...{ position, split: 'test', text: `text\n${position}`, pair: null, image: null, row: null, clip: null },
  ...{ truth: [0], predicted: [1], probabilities: [0.25, 0.75] },
});

function coreWith(mistakes: number, more: Partial<RequestHandlers> = {}): Partial<RequestHandlers> {
  const all = Array.from({ length: mistakes }, (_, position) => mistake(position));
  return {
    ...coreWithRuns([run, runSummary({ number: 8, name: 'sine', id: 'r2' })]),
    'runs.evaluations': () => [],
    'runs.checkpoints': () => [],
    'runs.log': () => ({ entries: [], total: 0 }),
    'runs.classification': () => classification,
    'runs.predictedExamples': ({ offset, limit }) => ({
      ...{ total: mistakes, examples: all.slice(offset, offset + limit), columns: null, missing: null },
    }),
    ...more,
  };
}

describe('innerloop mistakes', () => {
  it('lists the surest first, with how sure it was', async () => {
    const { code, output, asked } = await cli(['mistakes', 'spam'], { core: coreWith(2) });
    expect(code).toBe(0);
    expect(output).toContain('spam: 2 mistakes among 5 test examples, final, iteration 240');
    expect(output).toMatch(/1 +ham +spam +75\.0 % +text 0\n/);
    expect(asked.at(-1)?.body).toEqual({
      ...{ id: 'r1', evaluation: 'e1', wrongOnly: true, order: 'surest-wrong', offset: 0, limit: 20 },
    });
  });

  it('asks by the names of labels, and knows what was meant by a wrong one', async () => {
    const words = ['mistakes', '7', '--truth', 'ham', '--predicted', 'spam'];
    expect((await cli(words, { core: coreWith(1) })).asked.at(-1)?.body).toMatchObject({ truth: 0, predicted: 1 });
    const wrong = await cli(['mistakes', '7', '--truth', 'spma'], { core: coreWith(1) });
    expect([wrong.code, wrong.errors]).toEqual([2, '--truth: there is no label "spma".\nDid you mean spam?\n']);
  });

  it('fetches page after page up to the limit', async () => {
    const { json, asked } = await cli(['mistakes', 'spam', '--limit', '450', '--json'], { core: coreWith(1000) });
    const { total, mistakes } = json() as { total: number; mistakes: unknown[] };
    expect([total, mistakes.length]).toEqual([1000, 450]);
    expect(mistakes[449]).toEqual({
      ...{ position: 449, split: 'test', text: 'text\n449', pair: null, truth: ['ham'], predicted: ['spam'] },
      probabilities: { ham: 0.25, spam: 0.75 },
    });
    const pages = asked.filter(({ name }) => name === 'runs.predictedExamples').map(({ body }) => body);
    expect(pages).toMatchObject([{ limit: 200 }, { offset: 200, limit: 200 }, { offset: 400, limit: 50 }]);
  });

  it('says why there are no texts, and that there are no mistakes', async () => {
    const missing = 'The dataset "mails" was removed from the library.';
    const gone = { 'runs.predictedExamples': () => ({ total: 0, examples: [], columns: null, missing }) };
    const { output } = await cli(['mistakes', 'spam'], { core: coreWith(0, gone) });
    expect(output).toBe(`spam: 0 mistakes among 5 test examples, final, iteration 240\n${missing}\n`);
  });
});

describe('--evaluation', () => {
  const validation = (id: string, iteration: number) =>
    ({ ...facts, id, iteration, kind: 'validation', split: 'validation' }) as const;
  const available = [validation('v1', 80), validation('v2', 160), facts];
  const several = coreWith(1, {
    'runs.classification': ({ evaluation: asked }) => ({
      ...{ ...classification, available },
      evaluation: available.find(({ id }) => id === asked) ?? facts,
    }),
  });

  it.each([
    ['validation', 'v2', 'validation, iteration 160'],
    ['v1', 'v1', 'validation, iteration 80'],
    ['final', 'e1', 'final, iteration 240'],
  ])('%s means %s', async (word, id, name) => {
    const { output, asked } = await cli(['mistakes', 'spam', '--evaluation', word], { core: several });
    expect(asked.at(-1)).toMatchObject({ name: 'runs.predictedExamples', body: { evaluation: id } });
    expect(output).toContain(name);
    const shown = await cli(['show', 'spam', '--evaluation', word], { core: several });
    expect(shown.output).toContain(`Classification (5 ${id === 'e1' ? 'test' : 'validation'} examples, ${name})`);
  });

  it('that is none is answered with those that there are, or with what was meant', async () => {
    for (const command of ['mistakes', 'show']) {
      const { code, errors } = await cli([command, 'spam', '--evaluation', 'requested'], { core: several });
      expect(code).toBe(2);
      expect(errors).toContain('--evaluation: there is no "requested" with predictions.\nThere are:\n');
      expect(errors).toContain('  v2  5 validation examples, validation, iteration 160\n');
    }
    const { errors } = await cli(['mistakes', 'spam', '--evaluation', 'validaton'], { core: several });
    expect(errors).toContain('Did you mean validation?');
  });
});

describe('innerloop show', () => {
  it('shows metrics, classes and confusion of a fine-tuned run', async () => {
    const { output } = await cli(['show', 'spam'], { core: coreWith(0) });
    expect(output).toContain('Classification (5 test examples, final, iteration 240)');
    expect(output).toContain('macro F1 76.2 %, MCC 0.612, AUC 1.000, ECE 24.0 %');
    expect(output).toMatch(/ham +4 +100\.0 % +75\.0 % +85\.7 % +spam \(1\)/);
    expect(output).toMatch(/truth \\ predicted +ham +spam\n +ham +3 +1\n +spam +0 +1\n/);
    const { json } = await cli(['show', 'spam', '--json'], { core: coreWith(0) });
    expect(json()).toMatchObject({
      classification: {
        report: {
          confusion: [
            [3, 1],
            [0, 1],
          ],
        },
      },
    });
  });

  it('names the most frequent confusions where the matrix is too wide', async () => {
    const { output } = await cli(['show', 'spam'], { core: coreWith(0), terminal: 24 });
    expect(output).toContain('ham taken for spam: 1');
    expect(output).not.toContain('truth \\ predicted');
  });

  it('shows a run without predictions as before, and asks nothing of one that is measured in episodes', async () => {
    const none = {
      'runs.classification': () => {
        throw new InnerloopError('not-found', 'spam has no predictions.');
      },
    };
    const { code, output } = await cli(['show', 'spam'], { core: coreWith(0, none) });
    expect([code, output.includes('Classification (')]).toEqual([0, false]);
    const sine = await cli(['show', 'sine'], { core: coreWith(0) });
    expect(sine.asked.map(({ name }) => name)).not.toContain('runs.classification');
  });
});

it('innerloop compare takes key numbers of the final evaluation for a metric', async () => {
  const worse = { ...final, classification: { ...summaryOfReport(report), mcc: 0.1 } };
  const other = runSummary({ id: 'r9', number: 9, name: 'other', config: { ...config, seed: 5 }, final: worse });
  const { json } = await cli(['compare', '7', '9', '--metric', 'final/mcc', '--json'], {
    core: coreWithRuns([run, other]),
  });
  expect(json()).toMatchObject({ metric: 'final/mcc', groups: [{ values: [summaryOfReport(report).mcc, 0.1] }] });
});

it('innerloop evaluate shows the metrics of a classifier in the place of an adaptation curve', async () => {
  const core = coreWith(0, { 'runs.evaluate': () => final });
  const { output } = await cli(['evaluate', 'spam'], { core });
  expect(output).toContain('macro F1 76.2 %');
  expect(output).not.toMatch(/inner steps +loss/);
});
