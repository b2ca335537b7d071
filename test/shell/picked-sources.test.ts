import { expect, it } from 'vitest';
import { createPickedSources } from '../../src/main/shell/picked-sources.ts';

it('gives a token for a path and nothing for a made-up token', () => {
  const sources = createPickedSources();
  const picked = sources.remember('/data/drawings.zip');
  expect(picked.name).toBe('drawings.zip');
  expect(picked.token).not.toContain('data');
  expect(sources.pathOf(picked.token)).toBe('/data/drawings.zip');
  expect(sources.pathOf('/data/drawings.zip')).toBeUndefined();
});
