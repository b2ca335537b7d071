import { logMelShape } from '../audio/log-mel.ts';
import type { FieldError } from '../run-config/field-error.ts';
import { modelFacts, smallestImageSide } from '../run-config/model-facts.ts';
import type { ModelConfig } from '../run-config/schema.ts';
import type { AudioLayout } from './audio.ts';

/** What a run takes of clips. */
export interface ClipTask {
  readonly features: 'log-mel' | 'waveform';
  readonly bands: number;
}

export const isClipTask = (task: object): task is ClipTask => 'features' in task;

/** Whether a network that halves windows and bands again and again has enough of both left. */
export function clipInputErrors(
  { features, bands }: ClipTask,
  model: ModelConfig,
  { name, layout }: { readonly name: string; readonly layout: AudioLayout },
): FieldError[] {
  const smallest = smallestImageSide(model);
  if (features === 'waveform') return [];
  const [frames] = logMelShape(layout.samples, layout.rate, bands);
  const pooling = model.kind === 'conv4';
  const network = pooling ? 'Conv4 with max-pooling' : modelFacts[model.kind].label;
  const needs = `${network} needs at least ${smallest} windows of 25 ms and ${smallest} bands`;
  const errors: FieldError[] = [];
  if (bands < smallest) {
    const message = `${needs}; task.bands is ${bands}.`;
    errors.push({ path: 'task.bands', message, allowed: `at least ${smallest}`, nearest: smallest });
  }
  if (frames < smallest) {
    const windows = frames === 1 ? '1 window' : `${frames} windows`;
    errors.push({
      path: pooling ? 'model.downsampling' : 'model.kind',
      message: `${needs}; a clip of "${name}" lasts ${windows}.`,
      allowed: pooling ? 'stride' : 'conv4 with strides, cnn1d or mlp',
      nearest: pooling ? 'stride' : 'conv4',
    });
  }
  return errors;
}
