import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RequestHandlers } from '../../src/shared/contract/requests.ts';
import { chosenLabels } from '../../src/shared/runs/prediction.ts';
import { cli, coreWithRuns, runSummary, temporaryFolder } from './harness.ts';

const core: Partial<RequestHandlers> = {
  ...coreWithRuns([runSummary({ id: 'r1', name: 'spam' })]),
  'runs.predict': ({ texts }) => ({
    ...{ labels: ['ham', 'spam'], labelMode: 'single', iteration: 240, maxLength: 128, computeMs: 14 },
    predictions: texts.map((_, index) => ({
      labels: [index === 0 ? 'spam' : 'ham'],
      probabilities: index === 0 ? [0.0312, 0.9688] : [0.75, 0.25],
      tokens: 5,
    })),
  }),
};

it('shows the label and the probability of each text', async () => {
  const { code, asked, output } = await cli(['predict', 'spam', '--text', 'You won', '--text', 'See you'], { core });
  expect(code).toBe(0);
  expect(asked.at(-1)?.body).toEqual({ id: 'r1', texts: [{ text: 'You won' }, { text: 'See you' }] });
  expect(output).toMatch(/spam +3\.1 % +96\.9 % +You won/);
  expect(output).toMatch(/ham +75\.0 % +25\.0 % +See you/);
});

it('gives JSON by label', async () => {
  const { json } = await cli(['predict', 'spam', '--text', 'You won', '--json'], { core });
  const probabilities = { ham: 0.0312, spam: 0.9688 };
  const prediction = { text: 'You won', tokens: 5, label: 'spam', labels: ['spam'], probabilities };
  expect(json()).toEqual({ run: 'r1', iteration: 240, maxLength: 128, computeMs: 14, predictions: [prediction] });
});

it('reads a file line by line, pairs with a tab between', async () => {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  writeFileSync(join(path, 'texts.txt'), 'one\r\n\npremise\thypothesis\n');
  const { asked } = await cli(['predict', 'spam', '--file', 'texts.txt'], { core, cwd: path });
  const texts = [{ text: 'one' }, { text: 'premise', pair: 'hypothesis' }];
  expect(asked.at(-1)?.body).toEqual({ id: 'r1', texts });
  const missing = await cli(['predict', 'spam', '--file', 'none.txt'], { core, cwd: path });
  expect([missing.code, missing.errors]).toEqual([1, expect.stringContaining('none.txt cannot be read')]);
});

it('refuses nothing, both, an empty text and an unpaired pair with 2', async () => {
  for (const words of [
    [],
    ['--text', 'a', '--file', 'b'],
    ['--text', ' '],
    ['--text', 'a', '--pair', 'b', '--pair', 'c'],
  ]) {
    expect((await cli(['predict', 'spam', ...words], { core })).code, words.join(' ')).toBe(2);
  }
});

it('says which text is empty', async () => {
  const one = await cli(['predict', 'spam', '--text', ' '], { core });
  expect(one.errors).toContain('The text is empty: there is nothing to classify.');
  const several = await cli(['predict', 'spam', '--text', 'a', '--text', ' ', '--text', 'b'], { core });
  expect(several.errors).toContain('Text 2 of 3 is empty: there is nothing to classify.');
  expect(several.asked.some(({ name }) => name === 'runs.predict')).toBe(false);
});

it('chooses the most probable label, or all from one half up', () => {
  const labels = ['a', 'b', 'c'];
  expect(chosenLabels([0.2, 0.5, 0.3], labels, 'single')).toEqual(['b']);
  expect(chosenLabels([0.5, 0.49, 0.9], labels, 'multi')).toEqual(['a', 'c']);
  expect(chosenLabels([0.1, 0.2, 0.3], labels, 'multi')).toEqual([]);
});
