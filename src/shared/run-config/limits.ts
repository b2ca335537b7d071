import { z } from 'zod';
import { count } from '../text/number-words.ts';
import { isRecord } from './record.ts';
import { runConfigSchema } from './schema.ts';

/** What one field may hold, read from the schema. */
export interface ValueLimits {
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly wholeNumber: 'yes' | 'no';
}

type JsonSchema = { readonly [key: string]: unknown };

const numericTypes = new Set(['number', 'integer']);

let schemaCache: JsonSchema | undefined; // derived from a constant: the same for everyone
const schemaOfRun = (): JsonSchema => {
  schemaCache ??= z.toJSONSchema(runConfigSchema) as JsonSchema;
  return schemaCache;
};

/** Limits of a number field in this config (its kinds decide between equal names); undefined for any other field. */
export function numberLimits(config: unknown, path: readonly PropertyKey[]): ValueLimits | undefined {
  const node = nodeAt(config, path);
  if (!node || typeof node.type !== 'string' || !numericTypes.has(node.type)) return undefined;
  const bounds = { minimum: node.minimum, exclusiveMinimum: node.exclusiveMinimum, maximum: node.maximum };
  const present = Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined));
  return { wholeNumber: node.type === 'integer' ? 'yes' : 'no', ...present };
}

/** Names of the fields beside or below a path in this config; empty where the schema has no such object. */
export function fieldNamesAt(config: unknown, path: readonly PropertyKey[]): readonly string[] {
  const node = nodeAt(config, path);
  return node ? Object.keys((node.properties ?? {}) as object) : [];
}

/** "a whole number from 1 to 100", "a number above 0, at most 100". */
export function limitsInWords(limits: ValueLimits): string {
  const noun = limits.wholeNumber === 'yes' ? 'a whole number' : 'a number';
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
