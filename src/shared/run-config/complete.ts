import type { z } from 'zod';
import { presetWithAlgorithm } from './algorithm-defaults.ts';
import { algorithmLabels } from './algorithm-facts.ts';
import { type FieldError, fieldErrors } from './field-error.ts';
import { defaultsOfKind } from './kind-defaults.ts';
import { modelFacts } from './model-facts.ts';
import { basePresetFor } from './presets.ts';
import { isRecord } from './record.ts';
import { type ExamplesTaskConfig, isExamplesTask, type RunConfig, runConfigSchema } from './schema.ts';
import { fromScratch } from './start-model.ts';
import { familyOf, taskFacts } from './task-facts.ts';

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

/**
 * The config with everything that it leaves out taken from the preset of its task, with what the paper of its algorithm
 * says; not validated.
 */
export function completeRunConfig(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { $schema: _, ...given } = input; // editors put it there
  const preset = presetWithAlgorithm(basePresetFor(kindOf(given.task)), kindOf(given.algorithm));
  return merge(preset.config, given, '') as Record<string, unknown>;
}

/**
 * The same from the preset of its task alone, whatever the algorithm. So the config of a run that was keeps its meaning:
 * fields that are younger than it mean what the older version did.
 */
export function completeFromTask(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return merge(basePresetFor(kindOf(input.task)).config, input, '') as Record<string, unknown>;
}

const kindOf = (part: unknown): string | undefined =>
  isRecord(part) && typeof part.kind === 'string' ? part.kind : undefined;

/** Objects merge field by field; a different `kind` replaces the whole object, since its fields are others. */
function merge(base: unknown, given: unknown, path: string): unknown {
  if (given === undefined) return base;
  if (!isRecord(base) || !isRecord(given)) return given;
  if ('kind' in base && 'kind' in given && base.kind !== given.kind) {
    return merge(defaultsOfKind(path, given.kind), given, path);
  }
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(given)) {
    result[key] = merge(base[key], value, path === '' ? key : `${path}.${key}`);
  }
  return result;
}

function checkParts(config: RunConfig): FieldError[] {
  const errors: FieldError[] = [];
  const { task, model, algorithm } = config;
  if (isExamplesTask(task) || algorithm.kind === 'fine-tune-network') return checkNetworkParts(config);
  if (task.kind === 'text-classes' || model.kind === 'encoder' || algorithm.kind === 'fine-tune') {
    return checkTextParts(config);
  }
  if (task.kind !== 'image-classes' && model.kind !== 'mlp') {
    const { label, reads } = modelFacts[model.kind];
    errors.push({
      path: 'model.kind',
      message: `${label} reads ${reads}, but ${taskFacts[task.kind].inputs}.`,
      allowed: 'mlp',
      nearest: 'mlp',
    });
  }
  if (task.kind === 'image-classes' && task.labels === 'one-against-rest' && task.way !== 2) {
    errors.push({
      path: 'task.way',
      message: `task.way is ${task.way}, but one class against the rest has two labels; allowed: 2.`,
      allowed: '2',
      nearest: 2,
    });
  }
  if (task.kind === 'sinusoid' && (algorithm.kind === 'proto-net' || algorithm.kind === 'pretrain')) {
    errors.push({
      path: 'algorithm.kind',
      message: `${algorithmLabels[algorithm.kind]} tells classes apart; the sinusoid task has none.`,
      allowed: 'any other algorithm',
      nearest: 'maml',
    });
  }
  if (task.kind === 'binary-points' && algorithm.kind === 'pretrain') {
    errors.push({
      path: 'algorithm.kind',
      message: `${algorithmLabels[algorithm.kind]} learns classes that stay; those of binary points are others in every task.`,
      allowed: 'any other algorithm',
      nearest: 'maml',
    });
  }
  const binary = task.kind === 'binary-points' || familyOf(task) === 'one-against-rest';
  if (binary && algorithm.kind === 'proto-net' && ![0, 2].includes(algorithm.trainWay)) {
    errors.push({
      path: 'algorithm.trainWay',
      message: 'Such tasks have two labels, in training too.',
      allowed: '0 or 2',
      nearest: 0,
    });
  }
  return errors;
}

/** Labelled images, rows or clips, a network and its fine-tuning go together. */
function checkNetworkParts({ task, model, algorithm }: RunConfig): FieldError[] {
  const errors: FieldError[] = [];
  if (!isExamplesTask(task)) {
    const [allowed, nearest] =
      task.kind === 'text-classes' ? ['fine-tune', 'fine-tune'] : ['an algorithm of episodes', 'maml'];
    const message = `A network is fine-tuned on labelled images, table rows or sounds, but task.kind is ${task.kind}.`;
    return [{ path: 'algorithm.kind', message, allowed, nearest }];
  }
  const networks = networksFor(task);
  if (!networks.includes(model.kind)) {
    const { label, reads } = modelFacts[model.kind];
    const few = `${label} reads ${reads}, but ${'features' in task && task.features === 'waveform' ? 'waveforms are signals' : taskFacts[task.kind].inputs}.`;
    errors.push({ path: 'model.kind', message: few, allowed: networks.join(' or '), nearest: networks[0]! });
  }
  if (algorithm.kind !== 'fine-tune-network') {
    const message = `${algorithmLabels[algorithm.kind]} does not learn from single labelled examples; a network is fine-tuned on them.`;
    errors.push({ path: 'algorithm.kind', message, allowed: 'fine-tune-network', nearest: 'fine-tune-network' });
  } else if (algorithm.start === fromScratch && algorithm.trained === 'head') {
    const message = 'From scratch all weights have to be trained: below the head they are random.';
    errors.push({
      path: 'algorithm.trained',
      message,
      allowed: 'all, or a model of the library as start',
      nearest: 'all',
    });
  }
  if (task.kind === 'image-examples' && task.classes === 1) {
    const message = 'task.classes is 1; allowed: 0 for all, or at least 2, which can be told apart.';
    errors.push({ path: 'task.classes', message, allowed: '0 or at least 2', nearest: 2 });
  }
  return errors;
}

/** What can read the examples of a task, the usual one first. */
function networksFor(task: ExamplesTaskConfig): readonly RunConfig['model']['kind'][] {
  if (task.kind === 'table-classes') return ['mlp'];
  if (task.kind === 'audio-classes' && task.features === 'waveform') return ['cnn1d', 'mlp'];
  return ['conv4', 'resnet12', 'cnn1d', 'mlp'];
}

/** Texts, an encoder and fine-tuning go together. */
function checkTextParts({ task, model, algorithm }: RunConfig): FieldError[] {
  const errors: FieldError[] = [];
  if (task.kind !== 'text-classes') {
    const [path, asked] =
      model.kind === 'encoder'
        ? ['model.kind', 'An encoder reads texts']
        : ['algorithm.kind', 'Encoders are fine-tuned'];
    const [allowed, nearest] = path === 'model.kind' ? ['another network', 'mlp'] : ['any other algorithm', 'maml'];
    return [{ path, message: `${asked}, but ${taskFacts[task.kind].inputs}.`, allowed, nearest }];
  }
  if (model.kind !== 'encoder') {
    const message = `${modelFacts[model.kind].label} reads ${modelFacts[model.kind].reads}, but text classes have texts.`;
    errors.push({ path: 'model.kind', message, allowed: 'encoder', nearest: 'encoder' });
  }
  if (algorithm.kind !== 'fine-tune') {
    const message = `${algorithmLabels[algorithm.kind]} learns from episodes; texts are learned by fine-tuning.`;
    errors.push({ path: 'algorithm.kind', message, allowed: 'fine-tune', nearest: 'fine-tune' });
  }
  if (model.kind === 'encoder' && model.start.kind === 'from-scratch' && model.start.hiddenSize % model.start.heads) {
    errors.push({
      path: 'model.start.heads',
      message: `${model.start.hiddenSize} numbers cannot be shared among ${model.start.heads} heads.`,
      allowed: `a divisor of ${model.start.hiddenSize}`,
    });
  }
  return errors;
}

export { isRecord } from './record.ts';
