import { expect, test } from 'vitest';
import { createReporter, describeProgress, formatBytes, formatSeconds } from '../../scripts/setup/reporter.mjs';

test('progress names amount, share and time left', () => {
  expect(describeProgress({ done: 137e6, total: 274e6, seconds: 3, unit: 'bytes' })).toBe(
    '137 MB of 274 MB, 50 %, 3.0 s left',
  );
  expect(describeProgress({ done: 3, total: 300, seconds: 1, unit: 'packages' })).toBe('3 of 300 packages, 1 %');
});

test('sizes and times are written for people', () => {
  expect([0, 500, 1.2e6, 273_829_956, 3.21e9].map(formatBytes)).toEqual([
    '0 kB',
    '1 kB',
    '1.2 MB',
    '274 MB',
    '3.21 GB',
  ]);
  expect([0.13, 12, 185].map(formatSeconds)).toEqual(['0.1 s', '12 s', '3 min 5 s']);
});

test('on a log a progress line comes every two seconds, and quiet drops them', () => {
  for (const [quiet, lines] of [
    [false, 5],
    [true, 0],
  ] as const) {
    let clock = 0;
    let text = '';
    const stream = {
      write: (more: string) => {
        text += more;
      },
    };
    const report = createReporter({ stream, quiet, now: () => clock });
    for (; clock <= 10_000; clock += 100) report.progress(clock, 10_000, 'bytes');
    expect(text.split('\n').length - 1).toBe(lines);
  }
});
