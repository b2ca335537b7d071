import { expect, it } from 'vitest';
import { parallelRunsOf, parallelRunsTrouble } from '../../../src/renderer/features/settings/parallel-runs.ts';

it('reads the setting as the core does', () => {
  expect([undefined, '3', '0', '2.5', 'x', '99'].map(parallelRunsOf)).toEqual([1, 3, 1, 1, 1, 16]);
});

it('takes whole numbers from 1 to 16', () => {
  expect([1, 16].map(parallelRunsTrouble)).toEqual(['', '']);
  for (const wrong of [0, 17, 1.5, null]) expect(parallelRunsTrouble(wrong)).toContain('1 to 16');
});
