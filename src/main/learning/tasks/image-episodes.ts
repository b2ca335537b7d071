import type { PixelLayout } from '../../../shared/datasets/dataset.ts';
import type { ImageTaskConfig } from '../../../shared/run-config/schema.ts';
import { createEpisodeSampler, type EpisodeExample } from '../../../shared/tasks/episode-sampler.ts';
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
 * N-way K-shot episodes of one split: way * shot support and way * query query images, label by label, one-hot targets.
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
  const { labels, way, shot, query } = config;
  const { layout, pixels } = source;
  const rotations = augmentation === 'none' ? 'off' : config.rotations;
  const changing = augmentation === 'none' ? ({ kind: 'off' } as const) : config.augmentation;
  checkSquare(layout, rotations);
  const classes = source.classes.filter((candidate) => candidate.split === split);
  const sampler = createEpisodeSampler(classes, { labels, way, shot, query, rotations, augmentation: changing }, split);
  const gatherer = createPixelGatherer(pixels, layout);
  return {
    shape: imageTaskShape(config, layout),
    drawInto: (batch, position, random) => {
      const place = (
        examples: readonly EpisodeExample[],
        label: number,
        inputs: Float32Array,
        targets: Float32Array,
      ) => {
        const first = (position * way + label) * examples.length;
        for (let i = 0; i < examples.length; i++) {
          const { example, quarterTurns, change } = examples[i]!;
          gatherer.copyImage(example, quarterTurns, change, inputs, (first + i) * gatherer.imageSize);
          const row = (first + i) * way;
          targets.fill(0, row, row + way);
          targets[row + label] = 1;
        }
      };
      sampler.next(random).forEach(({ support, query: asked }, label) => {
        place(support, label, batch.supportInputs, batch.supportTargets);
        place(asked, label, batch.queryInputs, batch.queryTargets);
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
