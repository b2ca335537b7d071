import { describe, expect, it } from 'vitest';
import {
  ago,
  bytes,
  compact,
  count,
  duration,
  fixed,
  loss,
  measured,
  moment,
  momentAhead,
  parseNumber,
  percent,
  plainNumber,
  plural,
  setting,
  timeLeft,
} from '../../../src/renderer/app/format.ts';

describe('numbers', () => {
  it('groups thousands and has a true minus sign', () => {
    expect(count(38_240)).toBe('38,240');
    expect(fixed(-1234.5, 1)).toBe('−1,234.5');
  });

  it('tells unknown from broken, and never writes minus zero', () => {
    expect(count(null)).toBe('–');
    expect(loss(Number.NaN)).toBe('NaN');
    expect(fixed(-0.0001, 2)).toBe('0.00');
  });

  it('gives losses three decimals, and an exponent where those would hide them', () => {
    expect(loss(0.1524)).toBe('0.152');
    expect(loss(0.0000421)).toBe('4.21e-5');
    expect(loss(123_456)).toBe('1.23e5');
  });

  it('gives a value and its interval the same decimals and the unit once', () => {
    expect(measured({ metric: 'accuracy', value: 0.9519, ci95: 0.0031 })).toBe('95.2 ± 0.3 %');
    expect(measured({ metric: 'loss', value: 0.30512, ci95: 0.04 })).toBe('0.305 ± 0.040');
    expect(measured({ metric: 'accuracy', value: 0.9519, ci95: null })).toBe('95.2 %');
    expect(percent(0.637, 0)).toBe('64 %');
  });

  it('writes settings as one would type them', () => {
    expect([0.001, 0.0001, 60_000, 0.5, 25].map(setting)).toEqual(['0.001', '1e-4', '60,000', '0.5', '25']);
    expect(compact(38_240)).toBe('38.24k');
    expect(compact(1_200_000)).toBe('1.2M');
  });
});

describe('parseNumber', () => {
  it.each([
    ['1e-3', 0.001],
    ['0.001', 0.001],
    ['60k', 60_000],
    ['60,000', 60_000],
    ['1.5M', 1_500_000],
    ['−2', -2],
    [' 7 ', 7],
    ['.5', 0.5],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toBeCloseTo(value, 12);
  });

  it.each(['', 'abc', '1,00', '12k5', '1e', '--3', '.'])('refuses %j', (text) => {
    expect(parseNumber(text)).toBeNull();
  });

  it('reads back what plainNumber writes', () => {
    for (const value of [0.001, 1e-5, 9999, 60_000, -2.5, 0]) expect(parseNumber(plainNumber(value))).toBe(value);
  });
});

describe('times', () => {
  const minute = 60_000;
  const hour = 60 * minute;

  it('writes durations with two units at most', () => {
    expect(duration(5 * hour + 45 * minute)).toBe('5 h 45 m');
    expect(duration(8 * minute + 12_000)).toBe('8 m 12 s');
    expect(duration(41_000)).toBe('41 s');
    expect(duration(300)).toBe('0.3 s');
    expect(duration(51 * hour)).toBe('2 d 3 h');
  });

  it('rounds the time left so that it does not flicker', () => {
    expect(timeLeft(2 * hour + 6 * minute)).toBe('2 h 05 m');
    expect(timeLeft(20 * minute + 29_000)).toBe('20 m');
    expect(timeLeft(41_499)).toBe('41 s');
  });

  it('shows the time today, else the day, and the year when it is another', () => {
    const now = new Date(2026, 10, 24, 16, 0).getTime();
    expect(moment(new Date(2026, 10, 24, 10, 56).getTime(), now)).toBe('10:56');
    expect(moment(new Date(2026, 10, 22, 10, 56).getTime(), now)).toBe('22 Nov');
    expect(moment(new Date(2025, 10, 22).getTime(), now)).toBe('22 Nov 2025');
    expect(momentAhead(new Date(2026, 10, 25, 6, 30).getTime(), now)).toBe('tomorrow 06:30');
    expect(ago(now - 4 * minute, now)).toBe('4 m ago');
  });
});

it('writes sizes and plurals', () => {
  expect(bytes(1_402_880)).toBe('1.4 MB');
  expect(bytes(212e9)).toBe('212 GB');
  expect([plural(1, 'run'), plural(1284, 'run'), plural(2, 'query', 'queries')]).toEqual([
    '1 run',
    '1,284 runs',
    '2 queries',
  ]);
});
