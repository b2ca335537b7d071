import { z } from 'zod';
import { runConfigSchema } from './schema.ts';

/** Limits of one field, read from the schema; undefined for fields that the config's kinds do not have. */
export interface FieldLimits {
  readonly type: 'number' | 'whole-number' | 'text' | 'choice' | 'list';
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
}

type JsonSchema = { readonly [key: string]: unknown };

/** JSON Schema of a config file: every field may be left out, since presets fill it. */
export function configJsonSchema(): JsonSchema {
  return withoutRequired(z.toJSONSchema(runConfigSchema)) as JsonSchema;
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
  collect(z.toJSONSchema(runConfigSchema) as JsonSchema, '', limits);
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
