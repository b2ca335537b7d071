/** Numbers as text and table cells show them; the same in the log of a run and in the terminal. */

/** 38240 as "38,240". */
export const count = (value: number): string => value.toLocaleString('en-US');

/** Three significant digits in plain notation where that is short: 0.712, 1834, 1.2e-5. */
export function significant(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(digits - 1);
  return size >= 10 ** digits ? String(Math.round(value)) : String(Number(value.toPrecision(digits)));
}

/** Bytes as "0.71 GB". */
export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

/** A value and its interval to the same number of decimals: "0.835 ± 0.100". */
export function withInterval(mean: number, ci95: number): string {
  const size = Math.abs(mean);
  if (!Number.isFinite(mean) || !Number.isFinite(ci95) || (size !== 0 && size < 1e-3) || size >= 1e6) {
    return `${significant(mean)} ± ${significant(ci95)}`;
  }
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.max(size, 1e-2))));
  return `${mean.toFixed(decimals)} ± ${ci95.toFixed(decimals)}`;
}
