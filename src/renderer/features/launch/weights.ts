import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import { type NetworkSize, networkSize } from '../../../shared/run-config/network-size.ts';
import type { RunConfig, TaskConfig } from '../../../shared/run-config/schema.ts';
import { wayOf } from '../../../shared/run-config/task-facts.ts';

/** Size of a config's network and its cost for one example; null for encoders and while images' shape is not known. */
export function sizeOfNetwork(
  { model, task }: Pick<RunConfig, 'model' | 'task'>,
  layout: PixelLayout | null,
): NetworkSize | null {
  if (model.kind === 'encoder') return null; // its own library knows
  const shape = exampleShape(task, layout);
  return shape && networkSize(model, shape, wayOf(task) ?? 1);
}

function exampleShape(task: TaskConfig, layout: PixelLayout | null): readonly number[] | null {
  switch (task.kind) {
    case 'sinusoid':
      return [1];
    case 'binary-points':
      return [2];
    case 'image-classes':
    case 'image-examples':
      return layout && [layout.height, layout.width, layout.channels];
    case 'text-classes':
    case 'table-classes': // its columns decide
    case 'audio-classes':
      return null;
  }
}
