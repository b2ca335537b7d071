import type { Random } from '../random/random.ts';
import type { AugmentationConfig } from '../run-config/schema.ts';
import { drawImageChange, type ImageChange } from './augmentation.ts';

/** Draws N-way K-shot episodes from the classes of one split. Pure: the same generator state gives the same episode. */
export interface EpisodeSampler {
  next(random: Random): Episode;
}

/** Labels of an episode: the classes in drawn order, or one class and the rest. Position i is label i. */
export type Episode = readonly EpisodeLabel[];

export interface EpisodeLabel {
  /** Position in the list given to the sampler; null for the rest, whose examples are of many classes. */
  readonly classPosition: number | null;
  readonly support: readonly EpisodeExample[];
  readonly query: readonly EpisodeExample[];
}

export interface EpisodeExample {
  /** Index into the dataset's examples. */
  readonly example: number;
  /** Counter-clockwise turns by 90 degrees; 0 unless rotations count as classes. */
  readonly quarterTurns: number;
  /** How it is changed; null where augmentation is off. */
  readonly change: ImageChange | null;
}

export interface SampledClass {
  readonly name: string;
  readonly firstExample: number;
  readonly examples: number;
}

export interface EpisodeShape {
  /** `one-against-rest`: a class, and as many examples of any other classes of the split. */
  readonly labels: 'classes' | 'one-against-rest';
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
  const turns = shape.rotations === 'on' ? 4 : 1;
  checkClasses(classes, shape, turns, split);
  const drawing: Drawing = { classes, shape, turns };
  return { next: (random) => (shape.labels === 'classes' ? classLabels : oneAgainstRest)(drawing, random) };
}

interface Drawing {
  readonly classes: readonly SampledClass[];
  readonly shape: EpisodeShape;
  /** In how many positions each class is drawn. */
  readonly turns: number;
}

function classLabels(drawing: Drawing, random: Random): Episode {
  const { classes, shape, turns } = drawing;
  return random.sample(classes.length * turns, shape.way).map((drawn) => oneClass(drawing, drawn, random));
}

/** `drawn`: position of the class times turns, plus its turn. */
function oneClass({ classes, shape, turns }: Drawing, drawn: number, random: Random): EpisodeLabel {
  const classPosition = Math.floor(drawn / turns);
  const { firstExample, examples } = classes[classPosition]!;
  const picked = random.sample(examples, shape.shot + shape.query).map((example) => ({
    example: firstExample + example,
    quarterTurns: drawn % turns,
  }));
  return { classPosition, ...divided(picked, shape, random) };
}

/**
 * A class, and the rest: each example of another class as long as there are enough, none of the class itself in
 * whatever turn, and no drawing twice.
 */
function oneAgainstRest(drawing: Drawing, random: Random): Episode {
  const { classes, shape, turns } = drawing;
  const target = oneClass(drawing, random.integer(classes.length * turns), random);
  const needed = shape.shot + shape.query;
  const others = random
    .sample(classes.length - 1, Math.min(needed, classes.length - 1))
    .map((position) => classes[position < target.classPosition! ? position : position + 1]!);
  const rounds = Math.ceil(needed / others.length);
  const ofEach = others.map(({ examples }) => random.sample(examples, rounds));
  const picked = Array.from({ length: needed }, (_, index) => ({
    example:
      others[index % others.length]!.firstExample + ofEach[index % others.length]![Math.floor(index / others.length)]!,
    quarterTurns: random.integer(turns),
  }));
  return [target, { classPosition: null, ...divided(picked, shape, random) }];
}

function divided(
  picked: readonly Omit<EpisodeExample, 'change'>[],
  { shot, augmentation }: EpisodeShape,
  random: Random,
): Pick<EpisodeLabel, 'support' | 'query'> {
  const examples = picked.map((one) => ({ ...one, change: drawImageChange(random, augmentation) }));
  return { support: examples.slice(0, shot), query: examples.slice(shot) };
}

function checkClasses(
  classes: readonly SampledClass[],
  { labels, way, shot, query }: EpisodeShape,
  turns: number,
  split: string,
): void {
  const different = labels === 'classes' ? turns : 1; // a class in another turn does not stand among its rest
  if (classes.length * different < way) {
    const turned = different > 1 ? ` (${classes.length * different} with rotations)` : '';
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
