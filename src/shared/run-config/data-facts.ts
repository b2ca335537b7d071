import type { TrainerDataset } from '../contract/trainer.ts';
import type { DataFacts } from './memory-estimate.ts';
import type { RunConfig } from './schema.ts';

/** What a run's memory depends on in its data; null where it is not estimated: texts, whose length varies. */
export function dataFacts(config: RunConfig, dataset: TrainerDataset | null): DataFacts | null {
  const { task } = config;
  if (task.kind === 'sinusoid') return { exampleShape: [1], trainingClasses: 0, storedBytes: 0 };
  if (task.kind === 'binary-points') return { exampleShape: [2], trainingClasses: 0, storedBytes: 0 };
  if (task.kind !== 'image-classes' || dataset?.kind !== 'image-classes') return null;
  const { height, width, channels } = dataset.layout;
  const classes = dataset.classes.filter(({ split }) => split === 'train').length;
  const examples = dataset.classes.reduce((sum, one) => sum + one.examples, 0);
  return {
    exampleShape: [height, width, channels],
    trainingClasses: task.rotations === 'on' ? 4 * classes : classes,
    storedBytes: examples * height * width * channels,
  };
}
