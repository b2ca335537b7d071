import { expect, test } from 'vitest';
import { countReport, describeCounts } from '../../scripts/test/counts.mjs';

const report = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 0,
  success: false,
  testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
};

test('the last line counts what passed, failed and was skipped', () => {
  expect(describeCounts(countReport(report, 1))).toBe('3 passed, 1 failed, 2 skipped');
  expect(describeCounts({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
});

test('a file that could not be loaded counts as a failure beside the failing tests', () => {
  const broken = { status: 'failed', assertionResults: [] };
  expect(countReport({ ...report, testResults: [...report.testResults, broken] }, 1).failed).toBe(2);
});

test('no report, or a failing exit without a failing test, is a failure', () => {
  expect(countReport(undefined, 0).failed).toBe(1);
  const clean = { ...report, numFailedTests: 0, success: true, testResults: [] };
  expect(countReport(clean, 0).failed).toBe(0);
  expect(countReport(clean, 1).failed).toBe(1);
});
