import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseRunConfig } from '../../shared/run-config/complete.ts';
import { fieldLimits } from '../../shared/run-config/field-limits.ts';
import { withValue } from '../../shared/run-config/fields.ts';
import { isRecord } from '../../shared/run-config/record.ts';
import type { RunConfig } from '../../shared/run-config/schema.ts';
import { nearestWord } from '../../shared/text/nearest-word.ts';
import { type CliContext, UsageError } from './command.ts';
import { exampleNames } from './examples.ts';
import { wrongConfig } from './show-error.ts';

export type PartialConfig = Record<string, unknown>;

/** The JSON object in a config file; `given` is a path, or the name of an example where there is no such file. */
export function readConfigFile(given: string, { cwd, examples }: Pick<CliContext, 'cwd' | 'examples'>): PartialConfig {
  const path = configPath(given, cwd, examples);
  const value = parseJson(readText(path), basename(path));
  if (!isRecord(value)) throw new UsageError(`${basename(path)} must hold a JSON object with the fields of a run.`);
  return value;
}

function configPath(given: string, cwd: string, examples: string | null): string {
  const path = resolve(cwd, given);
  if (existsSync(path)) return path;
  const names = exampleNames(examples);
  if (examples !== null && names.includes(given)) return join(examples, `${given}.json`);
  const nearest = nearestWord(given, names);
  const remedy =
    nearest === undefined ? 'Write one with: innerloop config init NAME' : `Did you mean the example ${nearest}?`;
  throw new UsageError(`There is no file ${path}.`, remedy);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(`${path} cannot be read: ${reason}.`);
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw new UsageError(`${name} is not valid JSON: ${thrown.message}.`);
  }
}

/** Applies `path=value` settings in order. Throws a UsageError for a path that no run has, with the nearest one that exists. */
export function applySettings(config: PartialConfig, settings: readonly string[]): PartialConfig {
  return settings.reduce((changed, setting) => {
    const at = setting.indexOf('=');
    if (at < 1) throw new UsageError(`--set takes path=value, got "${setting}".`, 'For example: --set inner.rate=0.1');
    const path = setting.slice(0, at);
    return withValue(changed, path, settingValue(path, setting.slice(at + 1)));
  }, config);
}

function settingValue(path: string, text: string): unknown {
  const limits = fieldLimits();
  const type = limits.get(path)?.type;
  if (type === 'text' || type === 'choice') return text;
  const isPart = type === undefined && [...limits.keys()].some((known) => known.startsWith(`${path}.`));
  if (type === undefined && !isPart) throw unknownPath(path, [...limits.keys()]);
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return text; // the schema says what is allowed there
  }
}

function unknownPath(path: string, known: readonly string[]): UsageError {
  const nearest = nearestWord(path, known);
  return new UsageError(
    `A run has no field ${path}.`,
    nearest === undefined ? 'All fields: innerloop config schema' : `Did you mean ${nearest}?`,
  );
}

/** The whole config, or an error that names every wrong field. */
export function completeConfig(config: PartialConfig): RunConfig {
  const parsed = parseRunConfig(config);
  if (parsed.ok) return parsed.config;
  throw wrongConfig(parsed.errors);
}

const seedMaximum = 2_147_483_647;

/** Seeds of `--seeds`: a number of seeds counted up from the config's own, or a list such as `1,5,9`. */
export function seedsOf(text: string | undefined, first: number): readonly number[] {
  if (text === undefined) return [first];
  const wrong = new UsageError(
    `--seeds is "${text}"; allowed: how many (1 to 1000), or a list of whole numbers such as 1,2,3.`,
  );
  const parts = text.split(',').map((part) => part.trim());
  const numbers = parts.filter((part) => part !== '').map(Number);
  if (numbers.length === 0 || numbers.some((seed) => !Number.isInteger(seed) || seed < 0 || seed > seedMaximum))
    throw wrong;
  if (parts.length > 1) return [...new Set(numbers)];
  const [howMany] = numbers as [number];
  if (howMany < 1 || howMany > 1000 || first + howMany - 1 > seedMaximum) throw wrong;
  return Array.from({ length: howMany }, (_, i) => first + i);
}
