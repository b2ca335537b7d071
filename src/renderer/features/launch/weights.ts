import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { RunConfig, TaskConfig } from '../../../shared/run-config/schema.ts';
import { wayOf } from '../../../shared/run-config/task-facts.ts';

/**
 * Trainable numbers of a config's network, or null when the images' shape is not known. A layer has a kernel and a
 * bias; a block of Conv4 a 3 x 3 kernel without bias, and a scale and shift per filter.
 */
export function countWeights(
  { model, task }: Pick<RunConfig, 'model' | 'task'>,
  layout: PixelLayout | null,
): number | null {
  const outputs = wayOf(task) ?? 1;
  if (task.kind === 'image-classes' && !layout) return null;
  if (model.kind === 'mlp') {
    return denseWeights([inputsOf(task, layout), ...model.hidden, outputs]);
  }
  if (!layout) return null;
  const { filters, downsampling } = model;
  const places = downsampling === 'stride' ? 1 : Math.floor(layout.width / 16) * Math.floor(layout.height / 16);
  const block = (channels: number): number => 9 * channels * filters + 2 * filters;
  return block(layout.channels) + 3 * block(filters) + denseWeights([filters * places, outputs]);
}

function inputsOf(task: TaskConfig, layout: PixelLayout | null): number {
  if (layout) return layout.width * layout.height * layout.channels;
  return task.kind === 'binary-points' ? 2 : 1;
}

const denseWeights = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, width, index) => sum + (widths[index]! + 1) * width, 0);
