import { expect, it } from 'vitest';
import { madeFrom, removalWords, shortCount } from '../../../src/renderer/features/models/model-words.ts';
import { nameTrouble } from '../../../src/renderer/ui/rename-dialog.tsx';
import { plausibleModels } from '../fake/fake-models.ts';

it('shows parameters in the space of a column', () => {
  expect([4386, 22_713_216, 109_482_240, 1_543_000_000].map(shortCount)).toEqual(['4,386', '22.7 M', '109 M', '1.5 B']);
});

it('says what is wrong with a name before it is sent', () => {
  const names = ['MiniLM', 'spam'];
  expect(nameTrouble('model', ' ', 'MiniLM', names)).toBe('A model needs a name.');
  expect(nameTrouble('model', 'x'.repeat(101), 'MiniLM', names)).toBe('A name has at most 100 characters.');
  expect(nameTrouble('model', 'SPAM', 'MiniLM', names)).toBe('There is a model "SPAM" already.');
  expect(nameTrouble('model', 'minilm', 'MiniLM', names)).toBe('');
});

it('says what is lost with a model', () => {
  expect(removalWords({ usedByRuns: 0, origin: 'imported' })).toBe(
    'No run uses it. Its copy in the data folder is deleted; the folder that was imported stays.',
  );
  expect(removalWords({ usedByRuns: 1, origin: 'produced' })).toMatch(
    /^1 run uses it and .* the run that made it stays\.$/,
  );
});

it('finds what runs made of a model, one step down', () => {
  const models = plausibleModels(0);
  expect(madeFrom({ id: 'minilm-4f2a' }, models).map(({ name }) => name)).toEqual(['spam-filter']);
  expect(madeFrom({ id: 'topics-3e55' }, models)).toEqual([]);
});
