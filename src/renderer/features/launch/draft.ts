import { presetWithAlgorithm } from '../../../shared/run-config/algorithm-defaults.ts';
import { completeRunConfig, isRecord, parseRunConfig } from '../../../shared/run-config/complete.ts';
import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { choicesForTask, usesField } from '../../../shared/run-config/field-use.ts';
import { type FieldInfo, fields, valueAtPath, withValue } from '../../../shared/run-config/fields.ts';
import { configDifferences, stableJson } from '../../../shared/run-config/grouping.ts';
import { basePresetFor, type Preset, presets } from '../../../shared/run-config/presets.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { expandSweep, type SweepAxis } from '../../../shared/sweeps/sweep.ts';
import { shortConfig } from './command.ts';
import { countedSeeds, listedSeeds, parseSeeds, type SeedsText } from './seeds.ts';
import { chosenOf, keptSweep, readAxes, type SweepTexts, withoutSweep } from './sweeps.ts';

/**
 * A run as it stands in the form. `values` has the shape of a run config, but a field that was typed wrong holds its
 * text as it is, so that the schema can name it.
 */
export interface Draft {
  readonly presetId: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly seeds: SeedsText;
  /** Fields with several values, as typed. */
  readonly sweep: SweepTexts;
}

export interface CheckedDraft {
  /** Of a sweep its first; null while a field is wrong. */
  readonly config: RunConfig | null;
  /** What the swept fields are laid over: the draft without what its preset and paper say. */
  readonly base: Readonly<Record<string, unknown>>;
  /** Empty where no field is swept. */
  readonly axes: readonly SweepAxis[];
  /** Empty while the seeds cannot be read. */
  readonly seeds: readonly number[];
  readonly errors: readonly FieldError[];
}

const asValues = (config: RunConfig): Record<string, unknown> => config as unknown as Record<string, unknown>;

/** What the draft is compared to: its preset, with the values of the paper of the algorithm that is chosen. */
export const presetOf = (draft: Draft): Preset =>
  presetWithAlgorithm(plainPresetOf(draft), String(valueAtPath(draft.values, 'algorithm.kind')));

const plainPresetOf = (draft: Draft): Preset =>
  presets.find(({ id }) => id === draft.presetId) ?? basePresetFor(taskKindOf(draft.values));

const taskKindOf = (values: Readonly<Record<string, unknown>>): string | undefined => {
  const kind = valueAtPath(values, 'task.kind');
  return typeof kind === 'string' ? kind : undefined;
};

export const draftFromPreset = (preset: Preset): Draft => ({
  presetId: preset.id,
  values: asValues(preset.config),
  seeds: countedSeeds(1, preset.config.seed),
  sweep: {},
});

/** A run again, to change something; its seed comes along. */
export function draftFromConfig(config: RunConfig): Draft {
  const seeds = config.seed === 1 ? countedSeeds(1) : listedSeeds([config.seed]);
  return { presetId: nearestPreset(config).id, values: asValues(config), seeds, sweep: {} };
}

export interface OpenedDraft {
  readonly draft: Draft;
  /** One sentence for each field of the file that is not a field of a run. */
  readonly leftOut: readonly string[];
}

/** A config file's content, completed from the preset of its task. Unknown fields are left out and named. */
export function draftFromFile(content: Readonly<Record<string, unknown>>): OpenedDraft {
  let values = completeRunConfig(content);
  const leftOut: string[] = [];
  for (const error of unknownFields(values)) {
    values = withoutPath(values, error.path);
    leftOut.push(error.message);
  }
  const parsed = parseRunConfig(values);
  const preset = parsed.ok ? nearestPreset(parsed.config) : basePresetFor(taskKindOf(values));
  const seed = typeof values.seed === 'number' && Number.isInteger(values.seed) ? values.seed : 1;
  const seeds = seed === 1 ? countedSeeds(1) : listedSeeds([seed]);
  return { draft: { presetId: preset.id, values, seeds, sweep: {} }, leftOut };
}

function unknownFields(values: Record<string, unknown>): readonly FieldError[] {
  const parsed = parseRunConfig(values);
  if (parsed.ok) return [];
  return parsed.errors.filter(({ path }) => fieldOf(path) === undefined);
}

function withoutPath(values: Record<string, unknown>, path: string): Record<string, unknown> {
  const at = path.lastIndexOf('.');
  if (at === -1) return Object.fromEntries(Object.entries(values).filter(([key]) => key !== path));
  const parent = valueAtPath(values, path.slice(0, at));
  if (!isRecord(parent)) return values;
  const key = path.slice(at + 1);
  return withValue(
    values,
    path.slice(0, at),
    Object.fromEntries(Object.entries(parent).filter(([name]) => name !== key)),
  );
}

/** The preset that differs from the config in the fewest fields, names and seed apart. */
export function nearestPreset(config: RunConfig): Preset {
  const aside = new Set(['name', 'tags', 'note', 'seed', 'task.dataset']);
  const distance = (preset: Preset): number =>
    configDifferences([config, presetWithAlgorithm(preset, config.algorithm.kind).config]).filter(
      ({ path }) => !aside.has(path),
    ).length;
  const alike = presets.filter((preset) => preset.config.task.kind === config.task.kind);
  return alike.reduce((best, preset) => (distance(preset) < distance(best) ? preset : best));
}

/** Validates as a launch would: every combination of a sweep, with the first of the seeds. */
export function checkDraft(draft: Draft): CheckedDraft {
  const parsedSeeds = parseSeeds(draft.seeds);
  const seeds = parsedSeeds.ok ? parsedSeeds.seeds : [];
  const seedErrors = parsedSeeds.ok ? [] : [parsedSeeds.error];
  const values = { ...draft.values, seed: seeds[0] ?? 1 };
  const { axes, errors: sweepErrors } = readAxes(draft.sweep);
  const base = shortConfig(values);
  if (axes.length === 0 && sweepErrors.length === 0) {
    const parsed = parseRunConfig(values);
    const errors = [...(parsed.ok ? [] : parsed.errors), ...seedErrors];
    return { config: parsed.ok && parsedSeeds.ok ? parsed.config : null, base, axes, seeds, errors };
  }
  const expanded = expandSweep(base, axes, Math.max(1, seeds.length));
  const errors = [...sweepErrors, ...(expanded.ok ? [] : expanded.errors), ...seedErrors];
  const config = expanded.ok && errors.length === 0 ? expanded.points[0]!.config : null;
  return { config, base, axes, seeds, errors };
}

/** The field that an error's path belongs to: `model.hidden.1` is of `model.hidden`. */
export const fieldOf = (path: string): FieldInfo | undefined =>
  fields.find((field) => path === field.path || path.startsWith(`${field.path}.`));

/** First error of each field, in the order of the form. */
export function errorsByField(errors: readonly FieldError[]): ReadonlyMap<string, FieldError> {
  const found = new Map<string, FieldError>();
  for (const field of fields) {
    const error = errors.find(({ path }) => fieldOf(path) === field);
    if (error) found.set(field.path, error);
  }
  return found;
}

const clipLimit = 10; // the code of Finn 2017 clips miniImageNet's meta-gradients there

/**
 * Changes one field. Another `kind` brings the fields of that kind along: the preset's where it has that kind; another
 * task starts from the preset of that task, since rates and networks of one are wrong for the other; another algorithm
 * brings the values of its paper, but for what has been changed by hand.
 */
export function changeField(draft: Draft, path: string, value: unknown): Draft {
  const changed = withField(draft, path, value);
  return changed === draft ? draft : { ...changed, sweep: keptSweep(changed.sweep, changed.values) };
}

function withField(draft: Draft, path: string, value: unknown): Draft {
  if (Object.is(valueAtPath(draft.values, path), value)) return draft;
  if (path === 'task.kind') return changeTask(draft, String(value));
  if (path === 'algorithm.kind') return changeAlgorithm(draft, String(value));
  if (!path.endsWith('.kind')) return { ...draft, values: withValue(draft.values, path, value) };
  const parent = path.slice(0, -'.kind'.length);
  const known = valueAtPath(presetOf(draft).config, parent);
  const part =
    isRecord(known) && known.kind === value
      ? known
      : parent === 'outer.clip' && value !== 'off'
        ? { kind: value, limit: valueAtPath(draft.values, 'outer.clip.limit') ?? clipLimit }
        : { kind: value };
  return { ...draft, values: completeRunConfig(withValue(draft.values, parent, part)) };
}

/**
 * Gives a field several values, or with null one again. A kind among several is shown with the fields of that one which
 * has most, since the others bring nothing that could be set.
 */
export function sweepField(draft: Draft, path: string, text: string | null): Draft {
  if (text === null) return { ...draft, sweep: withoutSweep(draft.sweep, path) };
  const swept = { ...draft, sweep: { ...draft.sweep, [path]: text } };
  if (!path.endsWith('.kind') || path === 'algorithm.kind') return swept;
  const parent = path.slice(0, -'.kind'.length);
  const size = (candidate: Draft): number => Object.keys(valueAtPath(candidate.values, parent) ?? {}).length;
  return chosenOf(path, text)
    .map((kind) => changeField(swept, path, kind))
    .reduce((best, candidate) => (size(candidate) > size(best) ? candidate : best), swept);
}

function changeAlgorithm(draft: Draft, kind: string): Draft {
  const after = asValues(presetWithAlgorithm(plainPresetOf(draft), kind).config);
  const before = asValues(presetOf(draft).config);
  let values = withValue(draft.values, 'algorithm', after.algorithm);
  for (const path of groups.flatMap((group) => Object.keys(after[group] ?? {}).map((key) => `${group}.${key}`))) {
    const untouched = stableJson(valueAtPath(values, path)) === stableJson(valueAtPath(before, path));
    if (untouched) values = withValue(values, path, valueAtPath(after, path));
  }
  return { ...draft, values };
}

/** Parts of a config that an algorithm's paper has a say in. */
const groups = ['inner', 'outer', 'evaluation'] as const;

function changeTask(draft: Draft, kind: string): Draft {
  const { name, tags, note, device, engine } = draft.values;
  const plain = basePresetFor(kind);
  const fitting = choicesForTask(kind, 'algorithm.kind', [String(valueAtPath(draft.values, 'algorithm.kind'))]);
  const preset = presetWithAlgorithm(plain, fitting[0]);
  const untouched =
    [kind, taskKindOf(draft.values)].some((task) => task === 'image-examples' || ownKinds.includes(task ?? '')) || // what fits one does not fit the other
    stableJson(draft.values.algorithm) === stableJson(presetOf(draft).config.algorithm);
  const algorithm = untouched ? preset.config.algorithm : draft.values.algorithm;
  const values = { ...asValues(preset.config), name, tags, note, algorithm, device, engine };
  return { ...draft, presetId: plain.id, values };
}

/** Fields whose value is not the preset's, of those that make a difference. */
export function changedFields(draft: Draft): readonly string[] {
  const preset = presetOf(draft).config;
  return fields
    .filter(({ path }) => path !== 'seed' && usesField(draft.values, path) && !namesNoDataset(preset, path))
    .filter(({ path }) => {
      const value = valueAtPath(draft.values, path);
      return value !== undefined && stableJson(value) !== stableJson(valueAtPath(preset, path));
    })
    .map(({ path }) => path);
}

/** The presets for texts, rows and clips name no dataset of their own: whichever is chosen is no change. */
export const namesNoDataset = ({ task }: RunConfig, path: string): boolean =>
  path === 'task.dataset' && ownKinds.includes(task.kind);

const ownKinds: readonly string[] = ['text-classes', 'table-classes', 'audio-classes'];

/** Reads a draft that was kept; null for anything that is not one. */
export function parseDraft(text: string | null): Draft | null {
  if (text === null) return null;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return null; // a damaged draft is no draft
  }
  if (!isRecord(kept) || typeof kept.presetId !== 'string' || !isRecord(kept.values) || !isRecord(kept.seeds))
    return null;
  const { mode, count, first, list } = kept.seeds;
  if ((mode !== 'count' && mode !== 'list') || typeof count !== 'string' || typeof list !== 'string') return null;
  const seeds: SeedsText = { mode, count, list, first: typeof first === 'number' ? first : 1 };
  const texts = isRecord(kept.sweep) ? Object.entries(kept.sweep) : []; // drafts from before there were sweeps have none
  const sweep = Object.fromEntries(texts.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  const values = completeRunConfig(kept.values);
  return { presetId: kept.presetId, values, seeds, sweep: keptSweep(sweep, values) };
}
