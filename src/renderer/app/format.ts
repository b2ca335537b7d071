/**
 * How numbers, durations and dates are written (UI.md section 7). Pure: the clock is an argument.
 * An unknown value is "–", a broken one "NaN".
 */

export const unknown = '–';
const minus = '−';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });

/** A true minus before the number; the one of an exponent stays as one types it. */
const proper = (text: string): string => text.replace(/^-/, minus);

/** Whole numbers with thousands commas: 38,240. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown;
  if (!Number.isFinite(value)) return broken(value);
  return proper(grouped.format(Math.round(value)));
}

const broken = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : `${minus}∞`);

/** A number with so many decimals, thousands commas and a true minus sign. */
export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined) return unknown;
  if (!Number.isFinite(value)) return broken(value);
  const text = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
  return proper(Number(text.replaceAll(',', '')) === 0 ? text.replace('-', '') : text);
}

/** A loss: three decimals, or three figures where that would hide everything (4.21e-5). */
export function loss(value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown;
  if (!Number.isFinite(value)) return broken(value);
  if (value !== 0 && Math.abs(value) < 0.001) return scientific(value);
  return Math.abs(value) >= 10_000 ? scientific(value) : fixed(value, 3);
}

const scientific = (value: number): string => proper(value.toExponential(2).replace('e+', 'e'));

/** A fraction as percent with one decimal and no sign: 0.952 is "95.2". */
export const percentNumber = (fraction: number | null | undefined, decimals = 1): string =>
  fraction === null || fraction === undefined ? unknown : fixed(fraction * 100, decimals);

/** "95.2 %" */
export function percent(fraction: number | null | undefined, decimals = 1): string {
  const text = percentNumber(fraction, decimals);
  return text === unknown ? text : `${text} %`;
}

export interface Measured {
  readonly metric: 'accuracy' | 'loss';
  readonly value: number;
  /** Half the width of the 95 % interval; null where none can be given. */
  readonly ci95: number | null;
}

/** Value and half width apart, with the same decimals: { value: "95.2", interval: "± 0.3", unit: "%" }. */
export function measuredParts(measured: Measured): { value: string; interval: string | null; unit: string } {
  const { metric, value, ci95 } = measured;
  if (metric === 'accuracy') {
    const interval = ci95 === null ? null : `± ${percentNumber(ci95)}`;
    return { value: percentNumber(value), interval, unit: '%' };
  }
  if (value !== 0 && Math.abs(value) < 0.001) {
    return { value: scientific(value), interval: ci95 === null ? null : `± ${scientific(ci95)}`, unit: '' };
  }
  return { value: loss(value), interval: ci95 === null ? null : `± ${fixed(ci95, 3)}`, unit: '' };
}

/** "95.2 ± 0.3 %" or "0.152 ± 0.004". */
export function measured(value: Measured | null | undefined): string {
  if (!value) return unknown;
  const parts = measuredParts(value);
  return [parts.value, parts.interval, parts.unit].filter(Boolean).join(' ');
}

/** A setting as one would type it: plain between 0.001 and 10,000, with commas above, 1e-4 below. */
export function setting(value: number): string {
  if (!Number.isFinite(value)) return broken(value);
  const size = Math.abs(value);
  if (size !== 0 && size < 0.001) return proper(trimExponent(value));
  if (size >= 1e15) return proper(trimExponent(value));
  return proper(grouped.format(value));
}

const trimExponent = (value: number): string => value.toExponential().replace('e+', 'e');

/** Text for an input field: like `setting`, but with an ASCII minus and no commas below 10,000. */
export function plainNumber(value: number): string {
  const text = setting(value).replaceAll(minus, '-');
  return Math.abs(value) < 10_000 ? text.replaceAll(',', '') : text;
}

/** Reads `1e-3`, `0.001`, `60k`, `1.5M`, `60,000`, `−2`; null where the text is not a number. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replaceAll(minus, '-').replaceAll(' ', '');
  const match = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d+)?)([kKmM]?)$/.exec(plain);
  if (!match?.[1] || !/\d/.test(match[1])) return null;
  const value = Number(match[1].replaceAll(',', ''));
  const factor = { k: 1e3, m: 1e6 }[match[2]?.toLowerCase() ?? ''] ?? 1;
  return Number.isFinite(value) ? value * factor : null;
}

/** For axes and ends of lines: 38k, 1.2M, 0.05. */
export function compact(value: number): string {
  if (!Number.isFinite(value)) return broken(value);
  const size = Math.abs(value);
  if (size >= 1e6) return proper(`${trim(value / 1e6)}M`);
  if (size >= 1e4) return proper(`${trim(value / 1e3)}k`);
  return setting(Number(value.toPrecision(6)));
}

const trim = (value: number): string => String(Number(value.toPrecision(4)));

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const two = (value: number): string => String(value).padStart(2, '0');

/** "5 h 45 m", "8 m 12 s", "41 s", "0.3 s", "2 d 3 h". */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return unknown;
  if (!Number.isFinite(ms)) return broken(ms);
  if (ms < 10 * second) return `${fixed(Math.max(0, ms) / second, 1)} s`;
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  if (ms < 10 * minute) return `${Math.floor(ms / minute)} m ${two(Math.floor((ms % minute) / second))} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} m`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h ${two(Math.floor((ms % hour) / minute))} m`;
  return `${Math.floor(ms / day)} d ${Math.floor((ms % day) / hour)} h`;
}

/** Time left, rounded so that it does not flicker: 5 min above 1 h, 1 min above 5 min, 1 s below. */
export function timeLeft(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return unknown;
  const grain = ms > hour ? 5 * minute : ms > 5 * minute ? minute : second;
  const rounded = Math.max(second, Math.round(ms / grain) * grain);
  if (rounded < minute) return `${Math.round(rounded / second)} s`;
  return duration(rounded);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "16:41" in the local time of the machine. */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "16:41:07" */
export const clockWithSeconds = (at: number): string => `${clock(at)}:${two(new Date(at).getSeconds())}`;

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/** Today "16:41"; else "22 Nov", with the year when not this one. */
export function moment(at: number | null | undefined, now: number): string {
  if (at === null || at === undefined) return unknown;
  const date = new Date(at);
  const today = new Date(now);
  if (sameDay(date, today)) return clock(at);
  const year = date.getFullYear() === today.getFullYear() ? '' : ` ${date.getFullYear()}`;
  return `${date.getDate()} ${months[date.getMonth()]}${year}`;
}

/** A day and time in full, for a hover: "22 Nov 2026, 16:41:07". */
export function exactMoment(at: number): string {
  const date = new Date(at);
  return `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}, ${clockWithSeconds(at)}`;
}

/** "16:41", "tomorrow 06:30", "26 Nov 06:30". */
export function momentAhead(at: number, now: number): string {
  const date = new Date(at);
  if (sameDay(date, new Date(now))) return clock(at);
  if (sameDay(date, new Date(now + day))) return `tomorrow ${clock(at)}`;
  return `${date.getDate()} ${months[date.getMonth()]} ${clock(at)}`;
}

/** "4 m ago", "just now". */
export function ago(at: number, now: number): string {
  const ms = now - at;
  if (ms < minute) return 'just now';
  if (ms < hour) return `${Math.floor(ms / minute)} m ago`;
  if (ms < day) return `${Math.floor(ms / hour)} h ago`;
  return moment(at, now);
}

/** Bytes with decimal units: 1.4 MB, 212 GB. */
export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return unknown;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  let amount = value;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  const decimals = unit === 0 || amount >= 100 ? 0 : amount >= 10 ? 0 : 1;
  return `${fixed(amount, decimals)} ${units[unit]}`;
}

/** "1 run", "12 runs". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;
