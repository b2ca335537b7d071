import type { z } from 'zod';
import { algorithmLabels } from './algorithm-facts.ts';
import { type FieldError, fieldErrors } from './field-error.ts';
import { basePresetFor } from './presets.ts';
import { isRecord } from './record.ts';
import { type RunConfig, runConfigSchema } from './schema.ts';

export type ParsedRunConfig =
  | { readonly ok: true; readonly config: RunConfig }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Fills a partial config from the preset of its task, validates it, and checks that its parts fit each other.
 * Never throws for bad input: each error names the field, what was wrong and what is allowed.
 */
export function parseRunConfig(input: unknown): ParsedRunConfig {
  if (!isRecord(input)) {
    return { ok: false, errors: [{ path: '', message: 'The config must be a JSON object.', allowed: 'an object' }] };
  }
  const completed = completeRunConfig(input);
  const parsed = (runConfigSchema as z.ZodType<RunConfig>).safeParse(completed);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error, completed) };
  const errors = checkParts(parsed.data);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, config: parsed.data };
}

/** The config with everything that it leaves out taken from the preset of its task; not validated. */
export function completeRunConfig(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { $schema: _, ...given } = input; // editors put it there
  const taskKind = isRecord(given.task) ? given.task.kind : undefined;
  const base = basePresetFor(typeof taskKind === 'string' ? taskKind : undefined).config;
  return merge(base as unknown as Record<string, unknown>, given) as Record<string, unknown>;
}

/** Objects merge field by field; a different `kind` replaces the whole object, since its fields are others. */
function merge(base: unknown, given: unknown): unknown {
  if (given === undefined) return base;
  if (!isRecord(base) || !isRecord(given)) return given;
  if ('kind' in base && 'kind' in given && base.kind !== given.kind) {
    return merge(defaultsOfKind(given.kind), given);
  }
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(given)) result[key] = merge(base[key], value);
  return result;
}

/** What a part of another kind than the preset's starts from. */
function defaultsOfKind(kind: unknown): Record<string, unknown> {
  if (kind === 'mlp') return { kind, hidden: [64, 64], activation: 'relu' };
  if (kind === 'conv4') return { kind, filters: 64, downsampling: 'stride', batchNorm: 'transductive' };
  if (kind === 'meta-sgd') return { kind, lowestRate: 0.005, highestRate: 0.1 }; // Li 2017
  if (kind === 'proto-net') return { kind, trainWay: 0, trainQuery: 0 };
  if (kind === 'reptile') return { kind, perClass: 2, trainShot: 0 };
  if (kind === 'maml-plus-plus') {
    return { kind, perStepRates: 'on', perStepNorm: 'on', multiStepShare: 0.1, firstOrderShare: 0 }; // the authors' code
  }
  if (kind === 'imaml') return { kind, lambda: 2, damping: 1, solverSteps: 5 }; // the authors' code, Omniglot
  if (kind === 'pretrain') return { kind, head: 'linear' };
  if (kind === 'linear' || kind === 'cosine') return { kind, finalRate: 0 };
  return { kind };
}

function checkParts(config: RunConfig): FieldError[] {
  const errors: FieldError[] = [];
  if (config.task.kind === 'sinusoid' && config.model.kind === 'conv4') {
    errors.push({
      path: 'model.kind',
      message: 'Conv4 reads images, but the sinusoid task has single numbers as inputs.',
      allowed: 'mlp',
      nearest: 'mlp',
    });
  }
  const classifier = config.algorithm.kind === 'proto-net' || config.algorithm.kind === 'pretrain';
  if (config.task.kind === 'sinusoid' && classifier) {
    errors.push({
      path: 'algorithm.kind',
      message: `${algorithmLabels[config.algorithm.kind]} tells classes apart; the sinusoid task has none.`,
      allowed: 'any other algorithm',
      nearest: 'maml',
    });
  }
  return errors;
}

export { isRecord } from './record.ts';
