import { z } from 'zod';
import { count } from '../text/number-words.ts';
import { isRecord } from './record.ts';
import { runConfigSchema } from './schema.ts';

/** What one field may hold, read from the schema. */
export interface FieldLimits {
  readonly type: 'number' | 'whole-number' | 'text' | 'choice' | 'list';
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
}

type JsonSchema = { readonly [key: string]: unknown };

let schemaCache: JsonSchema | undefined; // derived from a constant: the same for everyone
const schemaOfRun = (): JsonSchema => {
  schemaCache ??= z.toJSONSchema(runConfigSchema) as JsonSchema;
  return schemaCache;
};

/** JSON Schema of a config file: every field may be left out, since presets fill it. */
export function configJsonSchema(): JsonSchema {
  return withoutRequired(schemaOfRun()) as JsonSchema;
}

function withoutRequired(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutRequired);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === 'required' && Array.isArray(value)))
      .map(([key, value]) => [key, withoutRequired(value)]),
  );
}

/** Every leaf path of the schema with its limits; a path in several kinds keeps the union of choices. */
export function fieldLimits(): ReadonlyMap<string, FieldLimits> {
  const limits = new Map<string, FieldLimits>();
  collect(schemaOfRun(), '', limits);
  return limits;
}

function collect(node: JsonSchema, path: string, into: Map<string, FieldLimits>): void {
  const options = (node.anyOf ?? node.oneOf) as readonly JsonSchema[] | undefined;
  if (options) {
    for (const option of options) collect(option, path, into);
    return;
  }
  if (node.type === 'object') {
    for (const [key, child] of Object.entries((node.properties ?? {}) as Record<string, JsonSchema>)) {
      collect(child, path ? `${path}.${key}` : key, into);
    }
    return;
  }
  const limits = leafLimits(node);
  const known = into.get(path);
  into.set(
    path,
    known?.choices && limits.choices
      ? { ...limits, choices: [...new Set([...known.choices, ...limits.choices])] }
      : limits,
  );
}

function leafLimits(node: JsonSchema): FieldLimits {
  if (node.const !== undefined) return { type: 'choice', choices: [String(node.const)] };
  if (node.enum) return { type: 'choice', choices: (node.enum as readonly unknown[]).map(String) };
  if (node.type === 'array') return { type: 'list' };
  if (node.type === 'string') return { type: 'text' };
  const bounds = { minimum: node.minimum, exclusiveMinimum: node.exclusiveMinimum, maximum: node.maximum };
  const present = Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
  return { type: node.type === 'integer' ? 'whole-number' : 'number', ...present };
}

/** Limits of a number field in this config (its kinds decide between equal names); undefined for any other field. */
export function numberLimits(config: unknown, path: readonly PropertyKey[]): FieldLimits | undefined {
  const node = nodeAt(config, path);
  return node?.type === 'number' || node?.type === 'integer' ? leafLimits(node) : undefined;
}

/** Names of the fields beside or below a path in this config; empty where the schema has no such object. */
export function fieldNamesAt(config: unknown, path: readonly PropertyKey[]): readonly string[] {
  const node = nodeAt(config, path);
  return node ? Object.keys((node.properties ?? {}) as object) : [];
}

/** "a whole number from 1 to 100", "a number above 0, at most 100"; of a field that holds a number. */
export function limitsInWords(limits: FieldLimits): string {
  const noun = limits.type === 'whole-number' ? 'a whole number' : 'a number';
  const [minimum, exclusiveMinimum, maximum] = [limits.minimum, limits.exclusiveMinimum, limits.maximum].map((bound) =>
    bound === undefined ? undefined : bound >= 10_000 ? count(bound) : String(bound),
  );
  if (minimum !== undefined && maximum !== undefined) return `${noun} from ${minimum} to ${maximum}`;
  const parts = [
    minimum === undefined ? '' : ` of at least ${minimum}`,
    exclusiveMinimum === undefined ? '' : ` above ${exclusiveMinimum}`,
    maximum === undefined ? '' : `, at most ${maximum}`,
  ];
  return noun + parts.join('');
}

function nodeAt(config: unknown, path: readonly PropertyKey[]): JsonSchema | undefined {
  let node = optionOf(schemaOfRun(), config);
  let value = config;
  for (const key of path) {
    if (!node) return undefined;
    value = isRecord(value) || Array.isArray(value) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
    const child = node.type === 'array' ? node.items : (node.properties as JsonSchema | undefined)?.[String(key)];
    node = optionOf(child as JsonSchema | undefined, value);
  }
  return node;
}

/** The branch of a union that the value's `kind` picks; the node itself where there is no union. */
function optionOf(node: JsonSchema | undefined, value: unknown): JsonSchema | undefined {
  const options = (node?.anyOf ?? node?.oneOf) as readonly JsonSchema[] | undefined;
  if (!options) return node;
  const kind = isRecord(value) ? value.kind : undefined;
  return options.find((option) => {
    const properties = option.properties as Record<string, JsonSchema> | undefined;
    return properties?.kind?.const === kind;
  });
}
