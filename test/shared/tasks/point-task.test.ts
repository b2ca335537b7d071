import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/shared/random/random.ts';
import { mean, standardDeviation } from '../../../src/shared/statistics/descriptive.ts';
import { drawPoint, drawPointTask, type Point, type PointTask } from '../../../src/shared/tasks/point-task.ts';

const pointsOf = (task: PointTask, label: 0 | 1, count = 2000): Point[] => {
  const random = createRandom(1, `points ${label}`);
  return Array.from({ length: count }, () => drawPoint(task, label, random));
};

describe('half-planes', () => {
  it('have each class on its side of the line, all over the square', () => {
    const task = { family: 'half-planes', angle: Math.PI / 2, offset: 0.5 } as const; // class 1 is y > 0.5
    const [below, above] = [pointsOf(task, 0), pointsOf(task, 1)];
    expect(below.every(([x, y]) => y <= 0.5 && y >= -2 && Math.abs(x) <= 2)).toBe(true);
    expect(above.every(([x, y]) => y > 0.5 && y <= 2 && Math.abs(x) <= 2)).toBe(true);
    expect(mean(below.map(([, y]) => y))).toBeCloseTo(-0.75, 1);
    expect(mean(above.map(([, y]) => y))).toBeCloseTo(1.25, 1);
  });

  it('turn and move', () => {
    const random = createRandom(1, 'half-planes');
    const tasks = Array.from({ length: 4000 }, () => drawPointTask(random, 'half-planes'));
    expect(mean(tasks.map(({ angle }) => angle))).toBeCloseTo(Math.PI, 0);
    const offsets = tasks.map((task) => (task.family === 'half-planes' ? task.offset : Number.NaN));
    expect([Math.min(...offsets), Math.max(...offsets)]).toEqual([expect.closeTo(-1, 1), expect.closeTo(1, 1)]);
  });
});

describe('moons', () => {
  it('are two half circles of radius 1 around middles that lie (1, 1/2) apart', () => {
    const task = { family: 'moons', angle: 0, centre: [0.5, 0.25] } as const; // where make_moons has them
    const radii = (points: readonly Point[], [a, b]: Point) => points.map(([x, y]) => Math.hypot(x - a, y - b));
    const upper = pointsOf(task, 0);
    const lower = pointsOf(task, 1);
    for (const distances of [radii(upper, [0, 0]), radii(lower, [1, 0.5])]) {
      expect(mean(distances)).toBeCloseTo(1, 1);
      expect(standardDeviation(distances)).toBeCloseTo(0.1, 1);
    }
    expect(mean(upper.map(([, y]) => y))).toBeCloseTo(2 / Math.PI, 1);
    expect(mean(lower.map(([, y]) => y))).toBeCloseTo(0.5 - 2 / Math.PI, 1);
  });

  it('exchange their classes by half a turn', () => {
    const middle = (angle: number, label: 0 | 1): Point => {
      const points = pointsOf({ family: 'moons', angle, centre: [0, 0] }, label);
      return [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
    };
    const [[x, y], [turnedX, turnedY]] = [middle(0, 1), middle(Math.PI, 0)];
    expect([turnedX, turnedY]).toEqual([expect.closeTo(x, 1), expect.closeTo(y, 1)]);
  });
});

it.each(['half-planes', 'moons'] as const)('%s: the same for the same generator', (family) => {
  const drawn = (seed: number) => {
    const random = createRandom(seed, 'tasks');
    const task = drawPointTask(random, family);
    return [task, drawPoint(task, 0, random), drawPoint(task, 1, random)];
  };
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});
