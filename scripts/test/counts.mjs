/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** @type {Counts} */
export const noCounts = { passed: 0, failed: 0, skipped: 0 };

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export const addCounts = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/**
 * @param {Counts} counts
 * @returns {string} '312 passed, 0 failed', with ', 2 skipped' where there are some
 */
export function describeCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * What vitest's JSON report counts. A file that could not be loaded, and a run that failed without a failing test (an
 * error outside of any test), count as one failure each.
 * @param {any} report undefined where vitest ended before it wrote one
 * @param {number} exitCode of vitest
 * @returns {Counts}
 */
export function countReport(report, exitCode) {
  if (report === undefined) return { ...noCounts, failed: 1 };
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' && !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && (exitCode !== 0 || !report.success) ? 1 : failed,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}
