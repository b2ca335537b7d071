import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { ModelSummary } from '../../../shared/models/model.ts';
import { algorithmFacts } from '../../../shared/run-config/algorithm-facts.ts';
import { modelName } from '../../../shared/run-config/model-facts.ts';
import { presetById } from '../../../shared/run-config/presets.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';
import { count, duration } from '../../app/format.ts';
import { sizeOfNetwork } from '../launch/weights.ts';

/** The runs that the first page offers; all finish in minutes with data that is here already. */
export const sinusoidConfig: RunConfig = presetById('quick-sinusoid').config;
export const glyphsConfig: RunConfig = presetById('quick-glyphs').config;
const scratchTexts: RunConfig = presetById('quick-texts').config;

/** Fine-tuning on the built-in questions: of the smallest pretrained model that is ready, else of an encoder from scratch. */
export function textsConfig(models: readonly Pick<ModelSummary, 'name' | 'parameters' | 'state'>[]): RunConfig {
  const [smallest] = models.filter(({ state }) => state === 'ready').sort((a, b) => a.parameters - b.parameters);
  const { model, algorithm, outer } = scratchTexts;
  if (!smallest || model.kind !== 'encoder' || algorithm.kind !== 'fine-tune') return scratchTexts;
  return {
    ...scratchTexts,
    model: { ...model, start: { kind: 'pretrained', model: smallest.name } },
    algorithm: { ...algorithm, epochs: 1, batch: 16 },
    outer: { ...outer, rate: 0.0002, warmUp: 12 },
  };
}

/** Support points of its tasks. */
export const sinusoidShot = 'shot' in sinusoidConfig.task ? sinusoidConfig.task.shot : 0;

/** The glyphs run on images of the user's own. */
export function drawingsConfig(dataset: string): RunConfig {
  const { task } = glyphsConfig;
  if (task.kind !== 'image-classes') throw new Error('The quick start of the glyphs has images.');
  return { ...glyphsConfig, name: '', task: { ...task, dataset } };
}

/** "MAML, second order" */
export function methodWords({ algorithm }: RunConfig): string {
  const { label, order } = algorithmFacts[algorithm.kind];
  return order === 'none' ? label : `${label}, ${order} order`;
}

/** "MLP 40-40, 1,761 weights" */
export function modelWords(config: RunConfig, layout: PixelLayout | null): string {
  const name = modelName(config.model);
  const size = sizeOfNetwork(config, layout);
  return size === null ? name : `${name}, ${count(size.parameters)} weights`;
}

/** "about 1 m 12 s" from an estimate, else the words given. */
export const timeWords = (durationMs: number | null | undefined, otherwise: string): string =>
  durationMs === null || durationMs === undefined ? otherwise : `about ${duration(durationMs)}`;
