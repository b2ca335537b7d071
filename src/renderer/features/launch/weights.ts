import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { RunConfig } from '../../../shared/run-config/schema.ts';

/**
 * Trainable numbers of a config's network, or null when the images' shape is not known. A layer has a kernel and a
 * bias; a block of Conv4 a 3 x 3 kernel without bias, and a scale and shift per filter.
 */
export function countWeights(
  { model, task }: Pick<RunConfig, 'model' | 'task'>,
  layout: PixelLayout | null,
): number | null {
  const outputs = task.kind === 'sinusoid' ? 1 : task.way;
  if (task.kind === 'image-classes' && !layout) return null;
  if (model.kind === 'mlp') {
    const inputs = task.kind === 'sinusoid' || !layout ? 1 : layout.width * layout.height * layout.channels;
    return denseWeights([inputs, ...model.hidden, outputs]);
  }
  if (!layout) return null;
  const { filters, downsampling } = model;
  const places = downsampling === 'stride' ? 1 : Math.floor(layout.width / 16) * Math.floor(layout.height / 16);
  const block = (channels: number): number => 9 * channels * filters + 2 * filters;
  return block(layout.channels) + 3 * block(filters) + denseWeights([filters * places, outputs]);
}

const denseWeights = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, width, index) => sum + (widths[index]! + 1) * width, 0);
