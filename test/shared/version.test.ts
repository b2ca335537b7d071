import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { productVersion } from '../../src/shared/version.ts';

it('is the version of the package', () => {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  expect(productVersion).toBe((JSON.parse(manifest) as { version: string }).version);
});
