import { expect, test } from 'vitest';
import { readArguments } from '../../scripts/setup/arguments.mjs';
import { readTestArguments } from '../../scripts/test/arguments.mjs';

test('set-up takes a purpose and a flavour, and keeps the flavour where none is named', () => {
  expect(readArguments([])).toEqual({ purpose: 'all', flavour: undefined, quiet: false });
  expect(readArguments(['--for', 'start', '--gpu'])).toEqual({ purpose: 'start', flavour: 'gpu', quiet: false });
  expect(() => readArguments(['--for', 'stat'])).toThrow(/--for stat is not known: allowed are start, test and cli/);
  expect(() => readArguments(['--gpu', '--cpu'])).toThrow(/exclude each other/);
  expect(() => readArguments(['--gpus'])).toThrow(/--gpus/);
});

test('npm test runs everything, one stage, or the tests of a path', () => {
  expect(readTestArguments([])).toEqual({
    stages: ['lint', 'types', 'unit', 'e2e'],
    afterFailure: 'stop',
    filters: [],
  });
  expect(readTestArguments(['--only', 'types']).stages).toEqual(['types']);
  expect(readTestArguments(['test/core', '--all'])).toEqual({
    stages: ['unit', 'e2e'],
    afterFailure: 'go on',
    filters: ['test/core'],
  });
  expect(() => readTestArguments(['--only', 'window'])).toThrow(/allowed are lint, types, unit, e2e/);
});
