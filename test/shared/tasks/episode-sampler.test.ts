import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/shared/random/random.ts';
import {
  createEpisodeSampler,
  type EpisodeLabel,
  type EpisodeShape,
} from '../../../src/shared/tasks/episode-sampler.ts';

const classes = Array.from({ length: 8 }, (_, i) => ({ name: `class ${i}`, firstExample: 20 * i, examples: 20 }));
const shape = {
  labels: 'classes',
  way: 5,
  shot: 2,
  query: 3,
  rotations: 'off',
  augmentation: { kind: 'off' },
} as const;
const classOf = (example: number): number => Math.floor(example / 20);

describe('episodes', () => {
  it('hold different classes with different support and query examples of their own', () => {
    const sampler = createEpisodeSampler(classes, shape, 'train');
    const random = createRandom(1, 'episodes');
    for (let i = 0; i < 50; i++) {
      const episode = sampler.next(random);
      expect(new Set(episode.map(({ classPosition }) => classPosition)).size).toBe(5);
      for (const { classPosition, support, query } of episode) {
        const examples = [...support, ...query];
        expect([support.length, query.length]).toEqual([2, 3]);
        expect(new Set(examples.map(({ example }) => example)).size).toBe(5);
        expect(examples.every(({ example }) => classOf(example) === classPosition)).toBe(true);
        expect(examples.every(({ quarterTurns }) => quarterTurns === 0)).toBe(true);
      }
    }
  });

  it('meet every class and every example in time', () => {
    const sampler = createEpisodeSampler(classes, shape, 'train');
    const random = createRandom(1, 'coverage');
    const seen = new Set<number>();
    for (let i = 0; i < 300; i++)
      for (const { support } of sampler.next(random)) for (const { example } of support) seen.add(example);
    expect(seen.size).toBe(160);
  });

  it('are the same for the same generator state', () => {
    const sampler = createEpisodeSampler(classes, shape, 'train');
    expect(sampler.next(createRandom(4, 'e'))).toEqual(sampler.next(createRandom(4, 'e')));
    expect(sampler.next(createRandom(4, 'e'))).not.toEqual(sampler.next(createRandom(5, 'e')));
  });
});

describe('rotations', () => {
  const turning = { ...shape, way: 20, rotations: 'on' } as const;

  it('make four classes of each, which can meet in one episode', () => {
    const episode = createEpisodeSampler(classes, turning, 'train').next(createRandom(1, 'turns'));
    const turnsOf = ({ support, query }: EpisodeLabel) =>
      new Set([...support, ...query].map(({ quarterTurns }) => quarterTurns));
    expect(episode.every((own) => turnsOf(own).size === 1)).toBe(true);
    const different = new Set(episode.map((own) => `${own.classPosition} ${[...turnsOf(own)]}`));
    expect(different.size).toBe(20);
    expect(new Set(episode.flatMap((own) => [...turnsOf(own)]))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('count towards the way', () => {
    expect(() => createEpisodeSampler(classes, { ...turning, way: 33 }, 'train')).toThrow(
      /8 classes \(32 with rotations\)/,
    );
  });
});

describe('augmentation', () => {
  const changing = { ...shape, augmentation: { kind: 'random', shift: 3, flip: 'on', degrees: 15 } } as const;

  it('gives every example a change of its own, in its range', () => {
    const sampler = createEpisodeSampler(classes, changing, 'train');
    const random = createRandom(1, 'changes');
    const changes = Array.from({ length: 100 }, () => sampler.next(random)).flatMap((episode) =>
      episode.flatMap(({ support, query }) => [...support, ...query].map(({ change }) => change!)),
    );
    expect(new Set(changes.map(({ right }) => right))).toEqual(new Set([-3, -2, -1, 0, 1, 2, 3]));
    expect(new Set(changes.map(({ down }) => down)).size).toBe(7);
    const mirrored = changes.filter((change) => change.mirrored === 'yes').length;
    expect(mirrored / changes.length).toBeCloseTo(0.5, 1);
    const degrees = changes.map((change) => change.degrees);
    expect([Math.min(...degrees), Math.max(...degrees)]).toEqual([expect.closeTo(-15, 0), expect.closeTo(15, 0)]);
  });

  it('draws nothing where it is off: the episodes stay those they were', () => {
    const random = createRandom(2, 'off');
    const episode = createEpisodeSampler(classes, shape, 'train').next(random);
    expect(episode.every(({ support }) => support.every(({ change }) => change === null))).toBe(true);
    const plain = createRandom(2, 'off');
    plain.sample(8, 5); // the classes
    for (let drawn = 0; drawn < 5; drawn++) plain.sample(20, 5); // their examples
    expect(random.state()).toEqual(plain.state());
  });
});

describe('one class against the rest', () => {
  const binary = { ...shape, labels: 'one-against-rest', way: 2 } as const;
  const drawn = (asked: EpisodeShape, episodes: number) => {
    const sampler = createEpisodeSampler(classes, asked, 'train');
    const random = createRandom(3, 'rest');
    return Array.from({ length: episodes }, () => sampler.next(random));
  };

  it('has as many examples of any other classes, none of the class itself, no drawing twice', () => {
    for (const rotations of ['off', 'on'] as const) {
      for (const [target, rest] of drawn({ ...binary, rotations }, 100)) {
        expect([rest!.support.length, rest!.query.length]).toEqual([2, 3]);
        expect(rest!.classPosition).toBe(null);
        const own = [...target!.support, ...target!.query].map(({ example }) => example);
        const others = [...rest!.support, ...rest!.query].map(({ example }) => example);
        expect(own.every((example) => classOf(example) === target!.classPosition)).toBe(true);
        expect(others.some((example) => classOf(example) === target!.classPosition)).toBe(false);
        expect(new Set(others.map(classOf)).size).toBe(5); // there are enough classes for one example of each
        expect(new Set([...own, ...others]).size).toBe(10);
      }
    }
  });

  it('meets every class on both sides, in every turn where turns are classes', () => {
    const episodes = drawn({ ...binary, rotations: 'on' }, 400);
    expect(new Set(episodes.map(([target]) => target!.classPosition)).size).toBe(8);
    const ofRest = episodes.flatMap(([, rest]) => [...rest!.support, ...rest!.query]);
    expect(new Set(ofRest.map(({ example, quarterTurns }) => `${classOf(example)} ${quarterTurns}`)).size).toBe(32);
  });

  it('takes several examples of a class where classes are few, and needs two classes whatever their turns', () => {
    const few = createEpisodeSampler(classes.slice(0, 3), binary, 'test');
    const [, rest] = few.next(createRandom(1, 'few'));
    const examples = [...rest!.support, ...rest!.query].map(({ example }) => example);
    expect([new Set(examples).size, new Set(examples.map(classOf)).size]).toEqual([5, 2]);
    const alone = () => createEpisodeSampler(classes.slice(0, 1), { ...binary, rotations: 'on' }, 'test');
    expect(alone).toThrow('The test split has 1 class, but 2-way episodes need at least 2.');
  });

  it('is the same for the same generator state', () => {
    expect(drawn(binary, 3)).toEqual(drawn(binary, 3));
  });
});

describe('a split that does not suffice', () => {
  it('says how many classes are missing', () => {
    expect(() => createEpisodeSampler(classes.slice(0, 4), shape, 'test')).toThrow(
      'The test split has 4 classes, but 5-way episodes need at least 5. Lower task.way, or give the split more classes.',
    );
  });

  it('names a class with too few examples', () => {
    const poor = [...classes.slice(0, 7), { name: 'Tifinagh/character12', firstExample: 140, examples: 4 }];
    expect(() => createEpisodeSampler(poor, shape, 'validation')).toThrow(
      'Class "Tifinagh/character12" of the validation split has 4 examples, but episodes need 5 (2 support and 3 query).',
    );
  });
});
