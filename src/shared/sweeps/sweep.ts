import { completeRunConfig, parseRunConfig } from '../run-config/complete.ts';
import type { FieldError } from '../run-config/field-error.ts';
import { fieldNamesAt } from '../run-config/field-limits.ts';
import { usesField } from '../run-config/field-use.ts';
import { valueAtPath, withValue } from '../run-config/fields.ts';
import { groupKeyOf } from '../run-config/grouping.ts';
import type { RunConfig } from '../run-config/schema.ts';
import { nearestWord } from '../text/nearest-word.ts';
import { count } from '../text/number-words.ts';
import { isSweepable, knownPaths, sweepTarget, valueWord } from './sweep-text.ts';

/** A field of the config with the values that it takes in one launch. */
export interface SweepAxis {
  /** Path of a leaf (`inner.rate`, `algorithm.kind`), or of a part whose values are objects (`outer.clip`). */
  readonly path: string;
  readonly values: readonly unknown[];
}

/** One config of a sweep. */
export interface SweepPoint {
  /** One value for each axis, in their order; undefined where this config has no such field, or ignores it. */
  readonly values: readonly unknown[];
  /** With the seed of the config that was swept. */
  readonly config: RunConfig;
}

export type ExpandedSweep =
  | { readonly ok: true; readonly points: readonly SweepPoint[] }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Most runs of one launch. */
export const mostSweepRuns = 500;

type PartialConfig = Readonly<Record<string, unknown>>;

/**
 * Every combination of the axes' values with a partial config, completed and validated one by one; the last axis moves
 * fastest. A value of a `kind` brings the defaults of that kind along, unless the config has that kind already; an axis
 * whose field a combination does not have (or its algorithm ignores) leaves it as it is, and equal configs are one.
 * Errors name the wrong value, or the combination in which a field is wrong.
 */
export function expandSweep(base: PartialConfig, axes: readonly SweepAxis[], seeds: number): ExpandedSweep {
  const wrongAxes = axes.flatMap((axis, index) => wrongAxis(axis, axes.slice(0, index)));
  if (wrongAxes.length > 0) return { ok: false, errors: wrongAxes };
  const product = axes.reduce((runs, { values }) => runs * values.length, 1);
  if (product * seeds > mostSweepRuns && axes.length > 0) return { ok: false, errors: [tooMany(axes, seeds)] };
  const points = new Map<string, SweepPoint>();
  const errors = new Map<string, FieldError>();
  const used = new Set<SweepAxis>();
  for (const chosen of combinations(axes)) {
    const { partial, values } = settled(base, axes, chosen, used);
    const parsed = parseRunConfig(partial);
    if (parsed.ok) {
      const key = groupKeyOf(parsed.config);
      if (!points.has(key)) points.set(key, { values, config: parsed.config });
      continue;
    }
    for (const error of parsed.errors) {
      const key = `${error.path} ${error.message}`;
      if (!errors.has(key)) errors.set(key, product === 1 ? error : inCombination(error, axes, values));
    }
  }
  if (errors.size > 0) return { ok: false, errors: [...errors.values()] };
  const idle = axes.filter((axis) => !used.has(axis)).map(idleAxis);
  return idle.length > 0 ? { ok: false, errors: idle } : { ok: true, points: [...points.values()] };
}

function wrongAxis({ path, values }: SweepAxis, earlier: readonly SweepAxis[]): FieldError[] {
  const allowed = 'a field of a run';
  if (path === 'seed')
    return [{ path, message: 'Seeds have a place of their own; list them there.', allowed: 'seeds' }];
  if (!isSweepable(path)) {
    const nearest = nearestWord(path, knownPaths());
    const message = sweepTarget(path) === 'nothing' ? `A run has no field ${path}.` : `${path} cannot be swept.`;
    return [{ path, message, allowed, ...(nearest === undefined || nearest === path ? {} : { nearest }) }];
  }
  if (values.length === 0) return [{ path, message: `${path} has no values.`, allowed: 'at least one value' }];
  if (earlier.some((other) => other.path === path))
    return [
      { path, message: `${path} is swept twice; give all of its values at once.`, allowed: 'one list of values' },
    ];
  return [];
}

function tooMany(axes: readonly SweepAxis[], seeds: number): FieldError {
  const factors = [...axes.map(({ values }) => values.length), seeds];
  const runs = factors.reduce((product, factor) => product * factor, 1);
  return {
    path: axes[0]!.path,
    message: `This sweep makes ${factors.join(' × ')} = ${count(runs)} runs; one launch takes at most ${mostSweepRuns}.`,
    allowed: `at most ${mostSweepRuns} runs`,
  };
}

/** One index a value of each axis, the last moving fastest. */
function* combinations(axes: readonly SweepAxis[]): Generator<readonly number[]> {
  const [first, ...rest] = axes;
  if (!first) {
    yield [];
    return;
  }
  for (let index = 0; index < first.values.length; index++) {
    for (const others of combinations(rest)) yield [index, ...others];
  }
}

/** Kinds and parts first, since they decide which fields there are below them. */
const depthOf = (path: string): number => path.split('.').length - (path.endsWith('.kind') ? 1 : 0);

function settled(base: PartialConfig, axes: readonly SweepAxis[], chosen: readonly number[], used: Set<SweepAxis>) {
  const values: unknown[] = axes.map(() => undefined);
  let partial: Record<string, unknown> = { ...base };
  const order = axes.map((_, index) => index).sort((a, b) => depthOf(axes[a]!.path) - depthOf(axes[b]!.path));
  for (const index of order) {
    const axis = axes[index]!;
    const value = axis.values[chosen[index]!];
    if (!hasField(partial, axis.path)) continue;
    used.add(axis);
    values[index] = value;
    partial = withSetting(partial, axis.path, value);
  }
  return { partial, values };
}

function hasField(partial: PartialConfig, path: string): boolean {
  const completed = completeRunConfig(partial);
  const keys = path.split('.');
  return fieldNamesAt(completed, keys.slice(0, -1)).includes(keys.at(-1)!) && usesField(completed, path);
}

/** Another kind replaces its whole part, whose other fields are of the kind that was. */
function withSetting(partial: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const parent = path.endsWith('.kind') ? path.slice(0, -'.kind'.length) : null;
  if (parent === null || valueAtPath(completeRunConfig(partial), path) === value)
    return withValue(partial, path, value);
  return withValue(partial, parent, { kind: value });
}

/** An error of a swept field names its value itself; any other needs the combination it stands in. */
function inCombination(error: FieldError, axes: readonly SweepAxis[], values: readonly unknown[]): FieldError {
  const own = axes.find(({ path }) => error.path === path || error.path.startsWith(`${path}.`));
  if (own) return error;
  return { ...error, message: `With ${settingsWords(axes, values)}: ${error.message}` };
}

/** "inner.rate 0.1, algorithm.kind maml" */
export const settingsWords = (axes: readonly SweepAxis[], values: readonly unknown[]): string =>
  axes
    .flatMap(({ path }, index) => (values[index] === undefined ? [] : [`${path} ${valueWord(values[index])}`]))
    .join(', ');

const idleAxis = ({ path }: SweepAxis): FieldError => ({
  path,
  message: `${path} makes no difference to these runs, so it cannot be swept.`,
  allowed: 'a field that these runs have',
});
