/** Round ends and ticks of an axis. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/** A step of 1, 2, 2.5 or 5 times a power of ten, so that `span` has about `count` of them. */
export function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  const nice = factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 2.5 ? 2.5 : factor <= 5 ? 5 : 10;
  return nice * power;
}

const cleaned = (value: number): number => Number(value.toPrecision(12));

/**
 * A linear axis over [low, high]. `loose` ends are moved outwards to the next tick (within the limits); others stay
 * where they are, with ticks inside.
 */
export function linearScale(
  low: number,
  high: number,
  count: number,
  options: {
    readonly loose: 'both' | 'none';
    readonly limits?: readonly [number, number] | undefined;
    readonly values?: 'any' | 'whole' | undefined;
  },
): Scale {
  let [min, max] = low < high ? [low, high] : spread(low);
  const nice = niceStep(max - min, count);
  const step = options.values === 'whole' ? Math.max(1, Math.ceil(nice)) : nice;
  if (options.loose === 'both') {
    min = Math.floor(cleaned(min / step)) * step;
    max = Math.ceil(cleaned(max / step)) * step;
  }
  if (options.limits) {
    min = Math.max(min, options.limits[0]);
    max = Math.min(max, options.limits[1]);
  }
  const ticks: number[] = [];
  for (let index = Math.ceil(cleaned(min / step)); index * step <= max + step * 1e-9; index++) {
    ticks.push(cleaned(index * step));
  }
  return { min: cleaned(min), max: cleaned(max), ticks };
}

const spread = (value: number): readonly [number, number] =>
  value === 0 ? [-1, 1] : [value - Math.abs(value) * 0.1, value + Math.abs(value) * 0.1];

/** A log axis over [low, high], both above 0: ticks at 1, 2, 5 or 1, 3 of each decade, or every so many decades. */
export function logScale(low: number, high: number, count: number): Scale {
  const min = low < high ? low / 1.08 : low / 1.5;
  const max = low < high ? high * 1.08 : high * 1.5;
  const decades = Math.log10(max / min);
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  const factors = decades <= 1.2 ? [1, 2, 3, 5, 7] : decades <= 2 ? [1, 2, 5] : decades <= 4 ? [1, 3] : [1];
  const every = factors.length === 1 ? Math.max(1, Math.ceil((last - first) / Math.max(2, count))) : 1;
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) {
    for (const factor of factors) {
      const tick = cleaned(factor * 10 ** power);
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  }
  return { min, max, ticks };
}
