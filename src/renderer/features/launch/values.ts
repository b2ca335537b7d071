import type { FieldError } from '../../../shared/run-config/field-error.ts';
import { type FieldLimits, fieldLimits } from '../../../shared/run-config/field-limits.ts';
import type { FieldInfo } from '../../../shared/run-config/fields.ts';
import { count, parseNumber, plainNumber } from '../../app/format.ts';
import type { ControlKind } from './control-kind.ts';
import { fieldOf } from './draft.ts';

/** Limits by path; the schema does not change while the window is open. */
export const limitsByPath: ReadonlyMap<string, FieldLimits> = fieldLimits();

const longestSegments = 26; // letters of all labels that fit beside each other

export function controlOf(field: FieldInfo, presetValue: unknown): ControlKind {
  const limits = limitsByPath.get(field.path);
  if (field.path === 'task.dataset') return 'dataset';
  switch (limits?.type) {
    case 'number':
    case 'whole-number':
      return 'number';
    case 'list':
      return Array.isArray(presetValue) && typeof presetValue[0] === 'number' ? 'numbers' : 'words';
    case 'choice':
      return choiceControl(field, limits.choices ?? []);
    default:
      return field.path === 'note' ? 'note' : 'text';
  }
}

function choiceControl(field: FieldInfo, choices: readonly string[]): ControlKind {
  if (choices.length === 2 && choices.includes('on') && choices.includes('off')) return 'switch';
  const letters = choices.reduce((sum, choice) => sum + choiceLabel(field, choice).length, 0);
  return letters <= longestSegments && choices.length <= 3 ? 'segments' : 'select';
}

export const choiceLabel = (field: FieldInfo, choice: string): string => field.choices?.[choice] ?? choice;

/** A value as the form writes it: numbers plainly, choices by their word, lists with commas. */
export function valueText(field: FieldInfo, value: unknown): string {
  if (typeof value === 'number') return plainNumber(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(String).join(', ');
  if (typeof value === 'string') return value === '' ? 'empty' : choiceLabel(field, value);
  return value === undefined ? '–' : String(value);
}

/** "40, 40" or "40 40"; a part that is not a number stays text, for the schema to name. */
export const parseNumberList = (text: string): readonly (number | string)[] =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((part) => parseNumber(part) ?? part);

export const numberListText = (value: unknown): string =>
  Array.isArray(value)
    ? value.map((part) => (typeof part === 'number' ? plainNumber(part) : String(part))).join(', ')
    : String(value);

/** An error's sentence with the field's label in the place of its path. */
export function errorSentence(error: FieldError): string {
  const field = fieldOf(error.path);
  const { message } = error;
  if (!field || !message.startsWith(`${error.path} `)) return message;
  const item = error.path === field.path ? '' : ` ${itemWords(error.path.slice(field.path.length + 1))}`;
  return `${field.label}${item}${message.slice(error.path.length)}`
    .replace(' is ""; ', ' is empty; ')
    .replace(/(?<![\d.])\d{5,}(?![\d.])/g, (digits) => count(Number(digits)));
}

const itemWords = (rest: string): string => (/^\d+$/.test(rest) ? `entry ${Number(rest) + 1}` : rest);

/** What "Use N" would set: the nearest valid value, else what the preset has; undefined where neither helps. */
export function remedyOf(
  error: FieldError,
  presetValue: unknown,
): { readonly label: string; readonly value: unknown } | undefined {
  const field = fieldOf(error.path);
  if (!field || error.path !== field.path) return undefined;
  const value = error.nearest ?? presetValue;
  if (value === undefined || value === '' || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  return { label: `Use ${valueText(field, value)}`, value };
}

/** "1, 2, 3" in full for a few seeds, else how many. */
export const seedsWords = (seeds: readonly number[]): string =>
  seeds.length <= 6 ? seeds.join(', ') : `${seeds.slice(0, 3).join(', ')} … ${seeds.at(-1)} (${count(seeds.length)})`;
