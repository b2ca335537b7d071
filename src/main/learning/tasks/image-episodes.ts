import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { ImageTaskConfig } from '../../../shared/run-config/schema.ts';
import type { ImageChange } from '../../../shared/tasks/augmentation.ts';
import { createEpisodeSampler } from '../../../shared/tasks/episode-sampler.ts';
import { createPixelGatherer } from './pixel-gatherer.ts';
import type { TaskSampler, TaskShape } from './task-batch.ts';
import type { EpisodeSplit, ImageTaskSource } from './task-source.ts';

export const imageTaskShape = ({ way, shot, query }: ImageTaskConfig, layout: PixelLayout): TaskShape => ({
  supportExamples: way * shot,
  queryExamples: way * query,
  exampleShape: [layout.height, layout.width, layout.channels],
  outputs: way,
});

/**
 * N-way K-shot episodes of one split: way * shot support and way * query query images, class by class, one-hot targets.
 * Rotations make classes, and images are changed, in training only: `augmentation` is `as-configured` there and `none`
 * in evaluation.
 * Throws a plain sentence when split and episode do not fit.
 */
export function createImageEpisodeSampler(
  source: ImageTaskSource,
  config: ImageTaskConfig,
  split: EpisodeSplit,
  augmentation: 'as-configured' | 'none',
): TaskSampler {
  const { way, shot, query } = config;
  const { layout, pixels } = source;
  const rotations = augmentation === 'none' ? 'off' : config.rotations;
  const changing = augmentation === 'none' ? ({ kind: 'off' } as const) : config.augmentation;
  checkSquare(layout, rotations);
  const classes = source.classes.filter((candidate) => candidate.split === split);
  const sampler = createEpisodeSampler(classes, { way, shot, query, rotations, augmentation: changing }, split);
  const gatherer = createPixelGatherer(pixels, layout);
  return {
    shape: imageTaskShape(config, layout),
    drawInto: (batch, position, random) => {
      const place = (
        examples: readonly number[],
        changes: readonly ImageChange[] | undefined,
        turns: number,
        label: number,
        inputs: Float32Array,
        targets: Float32Array,
      ) => {
        const first = (position * way + label) * examples.length;
        for (let i = 0; i < examples.length; i++) {
          const offset = (first + i) * gatherer.imageSize;
          gatherer.copyImage(examples[i]!, turns, changes?.[i] ?? null, inputs, offset);
          const row = (first + i) * way;
          targets.fill(0, row, row + way);
          targets[row + label] = 1;
        }
      };
      sampler.next(random).forEach(({ support, query: asked, changes, quarterTurns }, label) => {
        place(support, changes?.support, quarterTurns, label, batch.supportInputs, batch.supportTargets);
        place(asked, changes?.query, quarterTurns, label, batch.queryInputs, batch.queryTargets);
      });
    },
  };
}

export function checkSquare({ width, height }: PixelLayout, rotations: ImageTaskConfig['rotations']): void {
  if (rotations === 'off' || width === height) return;
  throw new Error(
    `Rotations as classes need square images, but these are ${width} x ${height}. Set task.rotations to "off".`,
  );
}
