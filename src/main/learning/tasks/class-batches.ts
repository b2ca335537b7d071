import type { ImageTaskConfig } from '../../../shared/run-config/schema.ts';
import { drawImageChange } from '../../../shared/tasks/augmentation.ts';
import { checkSquare } from './image-episodes.ts';
import { createPixelGatherer } from './pixel-gatherer.ts';
import type { TaskBatch, TaskSampler, TaskShape } from './task-batch.ts';
import type { ImageTaskSource } from './task-source.ts';

/** Classes of the training split; each turn by 90 degrees is one more where rotations are classes. */
function trainingClasses({ classes }: ImageTaskSource, { rotations }: ImageTaskConfig) {
  const turns = rotations === 'on' ? 4 : 1;
  return classes
    .filter(({ split }) => split === 'train')
    .flatMap((own) => Array.from({ length: turns }, (_, turn) => ({ ...own, turn })));
}

/** As large as an episode, but labelled with all training classes. */
export function classBatchShape(source: ImageTaskSource, config: ImageTaskConfig): TaskShape {
  const { width, height, channels } = source.layout;
  return {
    supportExamples: config.way * config.shot,
    queryExamples: config.way * config.query,
    exampleShape: [height, width, channels],
    outputs: trainingClasses(source, config).length,
  };
}

/** Plain classification: examples of any training class, one-hot over all of them. Needs two classes at least. */
export function createClassBatchSampler(source: ImageTaskSource, config: ImageTaskConfig): TaskSampler {
  checkSquare(source.layout, config.rotations);
  const shape = classBatchShape(source, config);
  const classes = trainingClasses(source, config);
  if (classes.length < 2) throw new Error('Pretraining needs at least 2 training classes.');
  const gatherer = createPixelGatherer(source.pixels, source.layout);
  return {
    shape,
    drawInto: (batch, position, random) => {
      const fill = (inputs: Float32Array, targets: Float32Array, count: number) => {
        for (let row = position * count; row < (position + 1) * count; row++) {
          const label = random.integer(classes.length);
          const { firstExample, examples, turn } = classes[label]!;
          const example = firstExample + random.integer(examples);
          const change = drawImageChange(random, config.augmentation);
          gatherer.copyImage(example, turn, change, inputs, row * gatherer.imageSize);
          targets.fill(0, row * classes.length, (row + 1) * classes.length);
          targets[row * classes.length + label] = 1;
        }
      };
      const { supportInputs, supportTargets, queryInputs, queryTargets }: TaskBatch = batch;
      fill(supportInputs, supportTargets, shape.supportExamples);
      fill(queryInputs, queryTargets, shape.queryExamples);
    },
  };
}
