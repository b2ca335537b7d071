import type { Random } from '../random/random.ts';
import type { AugmentationConfig } from '../run-config/schema.ts';
import { drawImageChange, type ImageChange } from './augmentation.ts';

/** Draws N-way K-shot episodes from the classes of one split. Pure: the same generator state gives the same episode. */
export interface EpisodeSampler {
  next(random: Random): Episode;
}

/** The classes of an episode in drawn order: position i is label i. */
export type Episode = readonly EpisodeClass[];

export interface EpisodeClass {
  /** Position in the list given to the sampler. */
  readonly classPosition: number;
  /** Counter-clockwise turns by 90 degrees; 0 unless rotations count as classes. */
  readonly quarterTurns: number;
  /** Indices into the dataset's examples. */
  readonly support: readonly number[];
  readonly query: readonly number[];
  /** How each of them is changed, in their order; null where augmentation is off. */
  readonly changes: { readonly support: readonly ImageChange[]; readonly query: readonly ImageChange[] } | null;
}

export interface SampledClass {
  readonly name: string;
  readonly firstExample: number;
  readonly examples: number;
}

export interface EpisodeShape {
  readonly way: number;
  readonly shot: number;
  readonly query: number;
  /** `on`: each class turned by 0, 90, 180, 270 degrees makes four classes. */
  readonly rotations: 'on' | 'off';
  readonly augmentation: AugmentationConfig;
}

/** Throws a plain sentence when the split has too few classes or a class too few examples; `split` names it there. */
export function createEpisodeSampler(
  classes: readonly SampledClass[],
  shape: EpisodeShape,
  split: string,
): EpisodeSampler {
  const { way, shot, query, augmentation } = shape;
  const turns = shape.rotations === 'on' ? 4 : 1;
  checkClasses(classes, shape, turns, split);
  return {
    next: (random) =>
      random.sample(classes.length * turns, way).map((drawn) => {
        const classPosition = Math.floor(drawn / turns);
        const { firstExample, examples } = classes[classPosition]!;
        const picked = random.sample(examples, shot + query).map((example) => firstExample + example);
        const changes = picked.map(() => drawImageChange(random, augmentation)).filter((change) => change !== null);
        return {
          classPosition,
          quarterTurns: drawn % turns,
          support: picked.slice(0, shot),
          query: picked.slice(shot),
          changes: changes.length === 0 ? null : { support: changes.slice(0, shot), query: changes.slice(shot) },
        };
      }),
  };
}

function checkClasses(
  classes: readonly SampledClass[],
  { way, shot, query }: EpisodeShape,
  turns: number,
  split: string,
): void {
  if (classes.length * turns < way) {
    const turned = turns > 1 ? ` (${classes.length * turns} with rotations)` : '';
    throw new Error(
      `The ${split} split has ${classes.length} ${classes.length === 1 ? 'class' : 'classes'}${turned}, ` +
        `but ${way}-way episodes need at least ${way}. Lower task.way, or give the split more classes.`,
    );
  }
  const needed = shot + query;
  const poor = classes.find(({ examples }) => examples < needed);
  if (poor) {
    throw new Error(
      `Class "${poor.name}" of the ${split} split has ${poor.examples} ${poor.examples === 1 ? 'example' : 'examples'}, ` +
        `but episodes need ${needed} (${shot} support and ${query} query). ` +
        'Lower task.shot or task.query, or move the class to the unused split.',
    );
  }
}
