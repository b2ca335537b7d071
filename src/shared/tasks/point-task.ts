import type { Random } from '../random/random.ts';
import type { PointTaskConfig } from '../run-config/schema.ts';

/** A point of the plane. */
export type Point = readonly [x: number, y: number];

/** Where the two classes of a task lie. */
export type PointTask =
  /** Class 1 is where x cos(angle) + y sin(angle) > offset. */
  | { readonly family: 'half-planes'; readonly angle: number; readonly offset: number }
  /** Two half circles that reach into each other, turned about their middle, which lies at `centre`. */
  | { readonly family: 'moons'; readonly angle: number; readonly centre: Point };

/** Half-planes: points are uniform in the square from -2 to 2. */
export const squareHalf = 2;
const moonNoise = 0.1;

/**
 * A task of two classes in the plane. Both families are made up for this product, so their numbers compare with no
 * paper's: `half-planes` are lines at any angle, at most 1 from the origin; `moons` are the two half circles of
 * scikit-learn's `make_moons` with noise 0.1, turned by any angle (half a turn exchanges the classes) and moved by up
 * to 0.5 along each axis.
 */
export function drawPointTask(random: Random, family: PointTaskConfig['family']): PointTask {
  const angle = random.uniformBetween(0, 2 * Math.PI);
  switch (family) {
    case 'half-planes':
      return { family, angle, offset: random.uniformBetween(-1, 1) };
    case 'moons':
      return { family, angle, centre: [random.uniformBetween(-0.5, 0.5), random.uniformBetween(-0.5, 0.5)] };
  }
}

/** A point of class 0 or 1. */
export function drawPoint(task: PointTask, label: 0 | 1, random: Random): Point {
  if (task.family === 'moons') return drawMoonPoint(task, label, random);
  for (;;) {
    // either side holds a fifth of the square at least, so this ends soon
    const x = random.uniformBetween(-squareHalf, squareHalf);
    const y = random.uniformBetween(-squareHalf, squareHalf);
    if (sideOf(task, [x, y]) === label) return [x, y];
  }
}

/** The class of a point under a half-plane task. */
export const sideOf = (
  { angle, offset }: Extract<PointTask, { readonly family: 'half-planes' }>,
  [x, y]: Point,
): 0 | 1 => (x * Math.cos(angle) + y * Math.sin(angle) > offset ? 1 : 0);

function drawMoonPoint(
  { angle, centre }: Extract<PointTask, { readonly family: 'moons' }>,
  label: 0 | 1,
  random: Random,
): Point {
  const along = random.uniformBetween(0, Math.PI);
  // make_moons: (cos t, sin t) and (1 - cos t, 1/2 - sin t), whose middle is (1/2, 1/4)
  const x = (label === 0 ? Math.cos(along) : 1 - Math.cos(along)) - 0.5 + moonNoise * random.normal();
  const y = (label === 0 ? Math.sin(along) : 0.5 - Math.sin(along)) - 0.25 + moonNoise * random.normal();
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine];
}
