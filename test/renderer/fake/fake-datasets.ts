import type { ResponseOf } from '../../../src/shared/contract/requests.ts';
import type { DatasetClass, DatasetSummary } from '../../../src/shared/datasets/dataset.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import type { Split } from '../../../src/shared/runs/run.ts';
import { glyphsFacts, omniglotFacts } from './fake-runs.ts';
import { textSummary } from './fake-texts.ts';

const day = 86_400_000;

const alphabets = [
  'Angelic', 'Armenian', 'Balinese', 'Bengali', 'Braille', 'Cyrillic', 'Futurama', 'Greek', 'Hebrew', 'Japanese',
  'Korean', 'Latin', 'Malay', 'Ojibwe', 'Sanskrit', 'Tagalog',
]; // biome-ignore format: a list

const splitOf = (group: number, groups: number): Split =>
  group < groups * 0.64 ? 'train' : group < groups * 0.8 ? 'validation' : 'test';

export function classesOf(id: string): DatasetClass[] {
  const perGroup = id === glyphsFacts.id ? 20 : 24;
  return alphabets.flatMap((group, groupIndex) =>
    Array.from({ length: perGroup }, (_, index) => ({
      index: groupIndex * perGroup + index,
      name: `character${String(index + 1).padStart(2, '0')}`,
      group,
      firstExample: (groupIndex * perGroup + index) * 20,
      examples: 20,
      split: splitOf(groupIndex, alphabets.length),
    })),
  );
}

function summary(facts: typeof glyphsFacts | typeof omniglotFacts, now: number): DatasetSummary {
  const classes = classesOf(facts.id);
  const part = (split: Split) => {
    const inSplit = classes.filter((each) => each.split === split);
    return { classes: inSplit.length, examples: inSplit.length * 20 };
  };
  return {
    id: facts.id,
    name: facts.name,
    kind: 'image-classes',
    origin: facts.name === 'glyphs' ? 'built-in' : 'imported',
    source: facts.name === 'glyphs' ? 'drawn by Innerloop' : 'images_background_small1.zip, Omniglot layout',
    version: facts.version,
    sha256: `${facts.digest}${'0'.repeat(52)}`,
    bytes: classes.length * 20 * 784,
    classes: classes.length,
    examples: classes.length * 20,
    layout: { width: 28, height: 28, channels: 1, polarity: 'ink-dark' },
    splits: {
      train: part('train'),
      validation: part('validation'),
      test: part('test'),
      unused: { classes: 0, examples: 0 },
    },
    createdAt: now - 12 * day,
    verifiedAt: now - 4 * day,
    usedByRuns: facts.name === 'glyphs' ? 1 : 27,
    state: 'ready',
  };
}

export function plausibleDatasets(now: number): DatasetSummary[] {
  const generated = (name: string, source: string): DatasetSummary => ({
    ...summary(glyphsFacts, now),
    id: name,
    name,
    kind: 'generated',
    source,
    bytes: 0,
    classes: 0,
    examples: 0,
    layout: null,
    splits: {
      train: { classes: 0, examples: 0 },
      validation: { classes: 0, examples: 0 },
      test: { classes: 0, examples: 0 },
      unused: { classes: 0, examples: 0 },
    },
  });
  return [
    summary(omniglotFacts, now),
    summary(glyphsFacts, now),
    generated('sinusoid', 'Curves, drawn for each task'),
    generated('binary-points', 'Points of two classes, drawn for each task'),
    textSummary(now),
  ];
}

/** A scrawl of three strokes, dark on light; the same for a class at every call. */
export function scrawl(classIndex: number, example: number, size = 28): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(size * size).fill(255);
  const shape = createRandom(classIndex + 1, 'fake-glyph');
  const hand = createRandom(classIndex * 1000 + example, 'fake-hand');
  for (let stroke = 0; stroke < 3; stroke++) {
    const points = Array.from({ length: 3 }, () => ({
      x: shape.uniformBetween(5, size - 5) + hand.normal() * 0.8,
      y: shape.uniformBetween(5, size - 5) + hand.normal() * 0.8,
    })) as [{ x: number; y: number }, { x: number; y: number }, { x: number; y: number }];
    for (let t = 0; t <= 1; t += 0.01) {
      const at = (key: 'x' | 'y') =>
        (1 - t) ** 2 * points[0][key] + 2 * t * (1 - t) * points[1][key] + t ** 2 * points[2][key];
      for (const [dx, dy] of [
        [0, 0],
        [0.6, 0],
        [0, 0.6],
      ] as const) {
        const x = Math.round(at('x') + dx);
        const y = Math.round(at('y') + dy);
        if (x >= 0 && y >= 0 && x < size && y < size) pixels[y * size + x] = 0;
      }
    }
  }
  return pixels;
}

/** A drawn 5-way task; null for generated tasks. */
export function drawnTask(way: number, shot: number, query: number, skip: number): ResponseOf<'config.draw-task'> {
  const random = createRandom(skip + 1, 'fake-task');
  const classes = random.sample(200, way);
  const part = (count: number, offset: number) =>
    classes.flatMap((classIndex, label) =>
      Array.from({ length: count }, (_, index) => ({ label, pixels: scrawl(classIndex, offset + index) })),
    );
  return {
    way,
    width: 28,
    height: 28,
    classNames: classes.map((classIndex) => `character${classIndex}`),
    support: part(shot, 0),
    query: part(query, shot),
  };
}
