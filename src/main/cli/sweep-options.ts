import type { FieldError } from '../../shared/run-config/field-error.ts';
import type { SweepAxis } from '../../shared/sweeps/sweep.ts';
import { parseSweepValues, sweepTarget, valueWord } from '../../shared/sweeps/sweep-text.ts';
import { UsageError } from './command.ts';
import { wrongConfig } from './show-error.ts';

/** The axes of `--sweep path=values ...`. Throws a UsageError for a text that cannot be read; limits come later. */
export function sweepAxes(options: readonly string[]): readonly SweepAxis[] {
  const errors: FieldError[] = [];
  const axes = options.flatMap((option): SweepAxis[] => {
    const at = option.indexOf('=');
    if (at < 1) {
      throw new UsageError(
        `--sweep takes path=values, got "${option}".`,
        'For example: --sweep inner.rate=0.05,0.1,0.5 or --sweep "inner.rate=log 1e-3..1e-1 x 5"',
      );
    }
    const path = option.slice(0, at).trim();
    if (sweepTarget(path) === 'nothing') return [{ path, values: [''] }]; // named with its nearest when it is expanded
    const parsed = parseSweepValues(path, option.slice(at + 1));
    if (parsed.ok) return [{ path, values: parsed.values }];
    errors.push(parsed.error);
    return [];
  });
  if (errors.length > 0) throw wrongConfig(errors);
  return axes;
}

/** "inner.rate  0.05, 0.1, 0.5  (3 values)", one line an axis. */
export function axisLines(axes: readonly SweepAxis[]): string[] {
  const width = Math.max(...axes.map(({ path }) => path.length));
  return axes.map(({ path, values }) => {
    const shown = values.slice(0, 12).map(valueWord).join(', ');
    return `  ${path.padEnd(width)}  ${shown}${values.length > 12 ? ', ...' : ''}`;
  });
}
