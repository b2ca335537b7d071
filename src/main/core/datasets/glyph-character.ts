import type { Random } from '../../../shared/random/random.ts';
import type { Movement, Point } from './glyph-movements.ts';
import { type AlphabetStyle, pick } from './glyph-style.ts';

/** The ideal form of a character, before anybody draws it: strokes in a box of about [0, 1] x [0, 1], y downwards. */
export type Character = readonly Stroke[];

export interface Stroke {
  readonly points: readonly Point[];
  readonly kind: Movement['kind'];
}

/** Makes up a character in the style of an alphabet. */
export function inventCharacter(style: AlphabetStyle, random: Random): Character {
  const { least, most } = style.strokes;
  const count = least + random.integer(most - least + 1);
  let strokes: Stroke[] = frameStrokes(style);
  while (strokes.length < count + (style.frame === 'none' ? 0 : 1)) strokes.push(nextStroke(strokes, style, random));
  if (random.uniform() < style.mirrored) strokes = withMirrorImage(strokes);
  if (random.uniform() < style.marks) strokes.push(mark(strokes, random));
  return intoBox(strokes, style);
}

function frameStrokes(style: AlphabetStyle): Stroke[] {
  if (style.frame === 'upright')
    return [
      {
        points: [
          [0.5, 0],
          [0.5, 1],
        ],
        kind: 'straight',
      },
    ];
  if (style.frame === 'roof')
    return [
      {
        points: [
          [0.05, 0.05],
          [0.95, 0.05],
        ],
        kind: 'straight',
      },
    ];
  return [];
}

function nextStroke(strokes: readonly Stroke[], style: AlphabetStyle, random: Random): Stroke {
  const movement = pick(random, style.movements);
  const direction = pick(random, style.directions);
  const length = pick(random, movement.lengths);
  const placed = place(movement, direction, length);
  const start = startOf(strokes, style, random);
  // The picked point of the new stroke (an end, or its middle where it crosses) comes to lie on the start.
  const anchor = placed[random.uniform() < 0.75 ? 0 : Math.floor(placed.length / 2)]!;
  return {
    points: placed.map(([x, y]): Point => [x - anchor[0] + start[0], y - anchor[1] + start[1]]),
    kind: movement.kind,
  };
}

/** Where the next stroke starts: at an end of one, along one, or apart from them. */
function startOf(strokes: readonly Stroke[], style: AlphabetStyle, random: Random): Point {
  if (strokes.length === 0) return [random.uniformBetween(0.1, 0.4), random.uniformBetween(0.1, 0.4)];
  const { points } = pick(random, strokes);
  const dice = random.uniform();
  if (dice < style.joins.atEnd) return random.integer(2) === 0 ? points[0]! : points.at(-1)!;
  if (dice < style.joins.atEnd + style.joins.along) return along(points, pick(random, [0.25, 0.5, 0.5, 0.75]));
  const [x, y] = along(points, 0.5);
  const angle = pick(random, style.directions);
  const distance = random.uniformBetween(0.25, 0.45);
  return [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
}

function place(movement: Movement, direction: number, length: number): Point[] {
  const [cos, sin] = [Math.cos(direction) * length, Math.sin(direction) * length];
  return movement.points.map(([x, y]): Point => [x * cos - y * sin, x * sin + y * cos]);
}

/** The point after this share of a polyline's length. */
function along(points: readonly Point[], share: number): Point {
  const lengths = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i]![0], y - points[i]![1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i]!;
    if (left <= length && length > 0) {
      const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
      return [x0 + ((x1 - x0) * left) / length, y0 + ((y1 - y0) * left) / length];
    }
    left -= length;
  }
  return points.at(-1)!;
}

function withMirrorImage(strokes: readonly Stroke[]): Stroke[] {
  const axis = Math.max(...strokes.flatMap(({ points }) => points.map(([x]) => x)));
  const mirrored = strokes.map(({ points, kind }) => ({
    kind,
    points: points.map(([x, y]): Point => [2 * axis - x, y]),
  }));
  return [...strokes, ...mirrored];
}

/** A dot or tick above or below everything else. */
function mark(strokes: readonly Stroke[], random: Random): Stroke {
  const all = strokes.flatMap(({ points }) => points);
  const top = Math.min(...all.map(([, y]) => y));
  const bottom = Math.max(...all.map(([, y]) => y));
  const xs = all.map(([x]) => x);
  const x = pick(random, [Math.min(...xs), (Math.min(...xs) + Math.max(...xs)) / 2, Math.max(...xs)]);
  const y = random.integer(3) === 0 ? bottom + 0.2 : top - 0.2;
  const [dx, dy] = pick(random, [
    [0.1, 0],
    [0.14, -0.14],
    [0.14, 0.14],
    [0, 0.14],
  ] as const);
  return {
    points: [
      [x - dx / 2, y - dy / 2],
      [x + dx / 2, y + dy / 2],
    ],
    kind: 'straight',
  };
}

/** Slanted, at most stretched by the style's aspect, centred, filling the box in its longer direction. */
function intoBox(strokes: readonly Stroke[], style: AlphabetStyle): Character {
  const slanted = strokes.map(({ points, kind }) => ({
    kind,
    points: points.map(([x, y]): Point => [(x - style.slant * y) * style.aspect, y]),
  }));
  const all = slanted.flatMap(({ points }) => points);
  const [left, right] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
  const [top, bottom] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
  const scale = 1 / Math.max(right - left, bottom - top);
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  return slanted.map(({ points, kind }) => ({
    kind,
    points: points.map(([x, y]): Point => [0.5 + (x - middleX) * scale, 0.5 + (y - middleY) * scale]),
  }));
}
