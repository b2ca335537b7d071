import type { Random } from '../../../shared/random/random.ts';
import { flowing, line, type Movement, round, straight } from './glyph-movements.ts';

/**
 * What the characters of one alphabet have in common: a small stock of movements, the directions they are drawn in,
 * how many strokes there are and how they join. After the view of characters as programs of strokes in
 * Lake, Salakhutdinov and Tenenbaum (2015), Science 350, 1332-1338.
 */
export interface AlphabetStyle {
  readonly movements: readonly Movement[];
  /** Directions in radians. */
  readonly directions: readonly number[];
  readonly strokes: { readonly least: number; readonly most: number };
  /** Every character has an upright, a roof line, or neither. */
  readonly frame: 'upright' | 'roof' | 'none';
  /** Probabilities of a new stroke's start: at an end of another, somewhere along it; else it stands apart. */
  readonly joins: { readonly atEnd: number; readonly along: number };
  /** Probability that a character is completed by its mirror image. */
  readonly mirrored: number;
  /** Probability of a small mark (dot, tick) beside a character. */
  readonly marks: number;
  /** Horizontal shear and width to height. */
  readonly slant: number;
  readonly aspect: number;
}

const degrees = (values: readonly number[]): number[] => values.map((value) => (value * Math.PI) / 180);

const directionSets = {
  square: degrees([0, 90, 180, 270]),
  diagonal: degrees([0, 45, 90, 135, 225, 315]),
  steep: degrees([0, 60, 90, 120, 240, 300]),
  free: degrees([0, 30, 70, 90, 110, 150, 200, 250, 290, 330]),
} as const;

/** Draws the style of one alphabet. */
export function drawStyle(random: Random): AlphabetStyle {
  const character = pick(random, ['angular', 'round', 'flowing', 'mixed', 'mixed'] as const);
  const directions = directionSets[directionsOf(character, random)];
  const least = 1 + (character === 'flowing' ? 0 : random.integer(2));
  return {
    movements: drawMovements(character, random),
    directions,
    strokes: { least, most: least + 1 + random.integer(character === 'flowing' ? 2 : 3) },
    frame: pick(random, ['upright', 'roof', 'none', 'none', 'none'] as const),
    joins: { atEnd: random.uniformBetween(0.3, 0.6), along: random.uniformBetween(0.3, 0.4) },
    mirrored: random.uniform() < 0.3 ? random.uniformBetween(0.2, 0.5) : 0.04,
    marks: random.uniform() < 0.35 ? random.uniformBetween(0.2, 0.6) : 0,
    slant: random.uniform() < 0.4 ? random.uniformBetween(-0.3, 0.3) : 0,
    aspect: random.uniformBetween(0.75, 1.2),
  };
}

type Manner = 'angular' | 'round' | 'flowing' | 'mixed';

function directionsOf(manner: Manner, random: Random): keyof typeof directionSets {
  if (manner === 'angular') return pick(random, ['square', 'diagonal', 'steep'] as const);
  return pick(random, ['square', 'diagonal', 'steep', 'free'] as const);
}

function drawMovements(manner: Manner, random: Random): Movement[] {
  const stock = { angular: straight, round: round, flowing: flowing, mixed: [...straight, ...round, ...flowing] }[
    manner
  ];
  const makers = random.shuffle([...stock]).slice(0, 3 + random.integer(3));
  if (manner !== 'flowing') makers.push(line);
  // An alphabet uses one or two of the lengths of each movement: its characters look alike in size.
  return makers.map((make) => {
    const movement = make(random);
    return { ...movement, lengths: random.shuffle([...movement.lengths]).slice(0, 2) };
  });
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.integer(items.length)]!;
}
