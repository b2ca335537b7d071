import type { Random } from '../../../shared/random/random.ts';

/** A point of the unit square, y downwards. */
export type Point = readonly [x: number, y: number];

/** One movement of the pen from (0, 0) along +x to (1, 0) or near it; `curve` ones are smoothed when drawn. */
export interface Movement {
  readonly points: readonly Point[];
  readonly kind: 'straight' | 'curve';
  /** Lengths that it is drawn in, in units of the character's box. */
  readonly lengths: readonly number[];
}

/** Length of the way through some points. */
export function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < points.length; i++) {
    length += Math.hypot(points[i]![0] - points[i - 1]![0], points[i]![1] - points[i - 1]![1]);
  }
  return length;
}

/** Makes a movement with proportions of its own. */
export type Maker = (random: Random) => Movement;

const long = [0.55, 0.8, 1] as const;
const middle = [0.4, 0.6, 0.8] as const;

const sign = (random: Random): number => (random.integer(2) === 0 ? 1 : -1);

export const line: Maker = () => ({
  points: [
    [0, 0],
    [1, 0],
  ],
  kind: 'straight',
  lengths: [0.35, 0.6, 0.9],
});

const corner: Maker = (random) => {
  const turn = sign(random) * random.uniformBetween(0.4, 0.8);
  return {
    points: [
      [0, 0],
      [0.8, 0],
      [0.8 + random.uniformBetween(-0.15, 0.1), turn],
    ],
    kind: 'straight',
    lengths: middle,
  };
};

const zigzag: Maker = (random) => {
  const height = sign(random) * random.uniformBetween(0.25, 0.45);
  return {
    points: [
      [0, 0],
      [0.33, height],
      [0.6, -height * 0.3],
      [1, height],
    ],
    kind: 'straight',
    lengths: long,
  };
};

const tent: Maker = (random) => {
  const height = sign(random) * random.uniformBetween(0.4, 0.8);
  return {
    points: [
      [0, 0],
      [0.5, height],
      [1, 0],
    ],
    kind: 'straight',
    lengths: middle,
  };
};

const box: Maker = (random) => {
  const height = sign(random) * random.uniformBetween(0.45, 0.8);
  const open = random.integer(2) === 0;
  const points: Point[] = [
    [0, 0],
    [0, height],
    [0.8, height],
    [0.8, 0],
  ];
  return { points: open ? points : [...points, [0, 0]], kind: 'straight', lengths: middle };
};

const arc: Maker = (random) => {
  const bulge = sign(random) * random.uniformBetween(0.25, 0.5);
  return {
    points: [
      [0, 0],
      [0.2, bulge * 0.8],
      [0.5, bulge],
      [0.8, bulge * 0.8],
      [1, 0],
    ],
    kind: 'curve',
    lengths: long,
  };
};

const bowl: Maker = (random) => {
  const bulge = sign(random) * random.uniformBetween(0.7, 1);
  return {
    points: [
      [0, 0],
      [-0.12, bulge * 0.5],
      [0.15, bulge * 0.95],
      [0.5, bulge],
      [0.85, bulge * 0.95],
      [1.1, bulge * 0.5],
      [0.95, 0],
    ],
    kind: 'curve',
    lengths: [0.35, 0.5, 0.65],
  };
};

const ring: Maker = () => ({
  points: Array.from({ length: 9 }, (_, i): Point => {
    const angle = Math.PI + (i / 8) * 2 * Math.PI;
    return [0.5 + 0.5 * Math.cos(angle), 0.5 * Math.sin(angle)];
  }),
  kind: 'curve',
  lengths: [0.25, 0.4, 0.6],
});

const wave: Maker = (random) => {
  const height = sign(random) * random.uniformBetween(0.22, 0.4);
  return {
    points: [
      [0, 0],
      [0.25, height],
      [0.5, 0],
      [0.75, -height],
      [1, 0],
    ],
    kind: 'curve',
    lengths: long,
  };
};

const hook: Maker = (random) => {
  const side = sign(random);
  return {
    points: [
      [0, 0],
      [0.45, 0],
      [0.85, side * 0.04],
      [1, side * 0.2],
      [0.88, side * 0.38],
      [0.65, side * 0.34],
    ],
    kind: 'curve',
    lengths: long,
  };
};

const arches: Maker = (random) => {
  const height = sign(random) * random.uniformBetween(0.4, 0.65);
  const points: Point[] = [
    [0, 0],
    [0.05, height * 0.7],
    [0.25, height],
    [0.45, height * 0.7],
    [0.5, 0.05 * height],
  ];
  return {
    points: [...points, [0.55, height * 0.7], [0.75, height], [0.95, height * 0.7], [1, 0]],
    kind: 'curve',
    lengths: long,
  };
};

const loop: Maker = (random) => {
  const side = sign(random);
  return {
    points: [
      [0, 0],
      [0.4, side * 0.02],
      [0.75, side * 0.15],
      [0.8, side * 0.45],
      [0.5, side * 0.55],
      [0.3, side * 0.35],
      [0.5, side * 0.08],
      [1, -side * 0.12],
    ],
    kind: 'curve',
    lengths: long,
  };
};

const curl: Maker = (random) => {
  const side = sign(random);
  const turns = random.uniformBetween(1.1, 1.5);
  return {
    points: Array.from({ length: 10 }, (_, i): Point => {
      const t = i / 9;
      const angle = Math.PI + t * turns * 2 * Math.PI;
      const radius = 0.5 * (1 - 0.75 * t);
      return [0.5 + radius * Math.cos(angle), side * radius * Math.sin(angle)];
    }),
    kind: 'curve',
    lengths: [0.5, 0.7],
  };
};

export const straight: readonly Maker[] = [line, corner, zigzag, tent, box, line, corner];
export const round: readonly Maker[] = [arc, bowl, ring, arc, hook, curl, line];
export const flowing: readonly Maker[] = [wave, hook, arches, loop, curl, bowl, arc];
