import { expect, it } from 'vitest';
import { draftFromText, readConfigFile } from '../../../src/renderer/features/launch/open-config.ts';

it('reads a config', () => {
  expect(draftFromText('a.json', '{"task":{"kind":"sinusoid"}}').draft.presetId).toBe('finn-sinusoid');
});

it.each([
  ['{', 'a.json is not JSON'],
  ['[1]', 'must be a JSON object'],
])('refuses %s in a sentence that names the file', (text, sentence) => {
  expect(() => draftFromText('a.json', text)).toThrow(sentence);
});

it('does not read a file that is too large for a config', async () => {
  const text = () => Promise.reject(new Error('it was read'));
  await expect(readConfigFile({ name: 'big.json', size: 2_000_000, text })).rejects.toThrow('at most 1 MB');
});
