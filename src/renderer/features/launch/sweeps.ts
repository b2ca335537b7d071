import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { usesField } from '../../../shared/run-config/field-use.ts';
import { type FieldInfo, fields, valueAtPath } from '../../../shared/run-config/fields.ts';
import type { SweepAxis } from '../../../shared/sweeps/sweep.ts';
import { isSweepable, parseSweepValues, sweepText } from '../../../shared/sweeps/sweep-text.ts';
import type { ControlKind } from './control-kind.ts';

/** Texts of the swept fields, by path: what stands in the form in the place of one value. */
export type SweepTexts = Readonly<Record<string, string>>;

const unswept = new Set<ControlKind>(['note', 'words']);

/** Whether a field of the form can take several values. Another task is another form, so its kind cannot. */
export const canSweep = (field: FieldInfo, kind: ControlKind): boolean =>
  isSweepable(field.path) && field.path !== 'task.kind' && !unswept.has(kind);

/** The value of a field as the beginning of its list. */
export const firstSweepText = (path: string, value: unknown): string =>
  value === undefined || value === '' ? '' : sweepText(path, [value]);

export interface ReadAxes {
  readonly axes: readonly SweepAxis[];
  readonly errors: readonly FieldError[];
}

/** The swept fields with their values, in the order of the form. */
export function readAxes(sweep: SweepTexts): ReadAxes {
  const axes: SweepAxis[] = [];
  const errors: FieldError[] = [];
  for (const { path } of fields) {
    const text = sweep[path];
    if (text === undefined) continue;
    const parsed = parseSweepValues(path, text);
    if (parsed.ok) axes.push({ path, values: parsed.values });
    else errors.push(parsed.error);
  }
  return { axes, errors };
}

/** The chosen ones of a choice's values; none while the text is empty. */
export function chosenOf(path: string, text: string): readonly string[] {
  const parsed = parseSweepValues(path, text);
  return parsed.ok ? parsed.values.map(String) : [];
}

/** Without the fields that the config no longer has, or that its algorithm ignores. */
export function keptSweep(sweep: SweepTexts, values: object): SweepTexts {
  const kept = Object.entries(sweep).filter(
    ([path]) => valueAtPath(values, path) !== undefined && usesField(values, path),
  );
  return kept.length === Object.keys(sweep).length ? sweep : Object.fromEntries(kept);
}

export const withoutSweep = (sweep: SweepTexts, path: string): SweepTexts =>
  Object.fromEntries(Object.entries(sweep).filter(([other]) => other !== path));
