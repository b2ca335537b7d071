import type { Random } from '../../../shared/random/random.ts';
import type { Character, Stroke } from './glyph-character.ts';
import type { Point } from './glyph-movements.ts';

/** Width and height of a drawing in pixels. */
export const glyphSize = 28;

/** How one person writes: kept through a whole alphabet, as in Omniglot. */
export interface Hand {
  readonly rotation: number;
  readonly slant: number;
  readonly scaleX: number;
  readonly scaleY: number;
  /** In pixels. */
  readonly penWidth: number;
  /** Standard deviation of points, in units of the character's box. */
  readonly unsteadiness: number;
}

export function drawHand(random: Random): Hand {
  return {
    rotation: random.normal() * 0.06,
    slant: random.normal() * 0.12,
    scaleX: random.uniformBetween(0.48, 0.78),
    scaleY: random.uniformBetween(0.52, 0.8),
    penWidth: random.uniformBetween(1, 1.5),
    unsteadiness: random.uniformBetween(0.015, 0.035),
  };
}

/** The hand that wobbles nowhere: for comparing characters. */
export const steadyHand: Hand = { rotation: 0, slant: 0, scaleX: 0.75, scaleY: 0.75, penWidth: 3, unsteadiness: 0 };

/** Draws a character: [28, 28] uint8, dark ink (0) on light paper (255), with smooth edges. */
export function drawCharacter(character: Character, hand: Hand, random: Random): Uint8Array {
  const ink = new Float32Array(glyphSize * glyphSize);
  const once = varied(hand, random);
  const shift: Point = [random.normal() * hand.unsteadiness * 2, random.normal() * hand.unsteadiness * 2];
  for (const stroke of character) {
    const path = smooth(wobbled(stroke, hand, random)).map((point) => onPaper(point, once, shift));
    for (let i = 1; i < path.length; i++) inkSegment(ink, path[i - 1]!, path[i]!, hand.penWidth / 2);
  }
  const pixels = new Uint8Array(ink.length);
  for (let i = 0; i < ink.length; i++) pixels[i] = Math.round(255 * (1 - ink[i]!));
  return pixels;
}

/** Nobody writes twice in the same size and direction. */
function varied(hand: Hand, random: Random): Hand {
  const by = (): number => 1 + 1.5 * hand.unsteadiness * random.normal();
  const turn = hand.unsteadiness * random.normal();
  return { ...hand, scaleX: hand.scaleX * by(), scaleY: hand.scaleY * by(), rotation: hand.rotation + turn };
}

/** The stroke's points as an unsteady hand sets them: each a little off, the whole stroke shifted, ends short or long. */
function wobbled({ points, kind }: Stroke, hand: Hand, random: Random): Stroke {
  if (hand.unsteadiness === 0) return { points, kind };
  const drift = hand.unsteadiness * 0.9;
  const [dx, dy] = [random.normal() * drift, random.normal() * drift];
  const wobble = hand.unsteadiness * Math.min(1, extent(points)); // small strokes are made by small movements
  const off = (): number => random.normal() * wobble;
  const moved = points.map(([x, y]): Point => [x + dx + off(), y + dy + off()]);
  const [first, second] = moved as [Point, Point];
  const [last, beforeLast] = [moved.at(-1)!, moved.at(-2)!];
  moved[0] = stretched(second, first, 1 + 2 * off());
  moved[moved.length - 1] = stretched(beforeLast, last, 1 + 2 * off());
  if (kind === 'curve') return { points: moved, kind };
  return {
    points: moved.flatMap((point, i) => (i === 0 ? [point] : [between(moved[i - 1]!, point, off, off), point])),
    kind,
  };
}

/** The longer side of the box around some points. */
function extent(points: readonly Point[]): number {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}

const stretched = ([x0, y0]: Point, [x1, y1]: Point, by: number): Point => [x0 + (x1 - x0) * by, y0 + (y1 - y0) * by];

/** A hand's straight line bends a little in its middle. */
function between([x0, y0]: Point, [x1, y1]: Point, offX: () => number, offY: () => number): Point {
  return [(x0 + x1) / 2 + offX() * 0.7, (y0 + y1) / 2 + offY() * 0.7];
}

const stepsPerSpan = 5;

/** Catmull-Rom curve through the points of a curve; straight strokes keep their corners. */
function smooth({ points, kind }: Stroke): readonly Point[] {
  if (kind === 'straight' || points.length < 3) return points;
  const path: Point[] = [points[0]!];
  for (let i = 0; i + 1 < points.length; i++) {
    const [p0, p1, p2, p3] = [points[i - 1] ?? points[i]!, points[i]!, points[i + 1]!, points[i + 2] ?? points[i + 1]!];
    for (let step = 1; step <= stepsPerSpan; step++) {
      const t = step / stepsPerSpan;
      path.push([catmullRom(p0[0], p1[0], p2[0], p3[0], t), catmullRom(p0[1], p1[1], p2[1], p3[1], t)]);
    }
  }
  return path;
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}

/** From the character's box to pixels: the hand's slant, rotation and size about the middle of the paper. */
function onPaper([x, y]: Point, hand: Hand, [shiftX, shiftY]: Point): Point {
  const [u, v] = [(x - 0.5 - hand.slant * (y - 0.5)) * hand.scaleX, (y - 0.5) * hand.scaleY];
  const [cos, sin] = [Math.cos(hand.rotation), Math.sin(hand.rotation)];
  return [(0.5 + u * cos - v * sin + shiftX) * glyphSize, (0.5 + u * sin + v * cos + shiftY) * glyphSize];
}

/** Covers the pixels within `radius` of a segment, with an edge one pixel soft; ink does not add up where strokes cross. */
function inkSegment(ink: Float32Array, [x0, y0]: Point, [x1, y1]: Point, radius: number): void {
  const reach = radius + 0.5;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const perLength = 1 / Math.max(1e-9, dx * dx + dy * dy);
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(glyphSize - 1, Math.ceil(Math.max(y0, y1) + reach));
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(glyphSize - 1, Math.ceil(Math.max(x0, x1) + reach));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - x0; // from the segment's start to the pixel's middle
      const py = row + 0.5 - y0;
      const t = Math.min(1, Math.max(0, (px * dx + py * dy) * perLength));
      const squared = (px - t * dx) ** 2 + (py - t * dy) ** 2;
      if (squared >= reach * reach) continue;
      const coverage = Math.min(1, reach - Math.sqrt(squared));
      const at = row * glyphSize + column;
      if (coverage > ink[at]!) ink[at] = coverage;
    }
  }
}
