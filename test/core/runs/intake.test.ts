import { describe, expect, it } from 'vitest';
import { createIntake, type IntakeParts } from '../../../src/main/core/runs/intake.ts';
import type { FromTrainer } from '../../../src/shared/contract/trainer.ts';

const points = (...steps: number[]): FromTrainer => ({
  type: 'points',
  iteration: steps.at(-1)!,
  computeMs: 1,
  iterationsPerSecond: null,
  etaMs: null,
  points: { k: steps.map((step) => [step, step]) },
});
const log = (message: string): FromTrainer => ({ type: 'log', level: 'info', message });
const shown = (message: FromTrainer): string =>
  message.type === 'points'
    ? message.points.k!.map(([step]) => step).join(',')
    : message.type === 'log'
      ? message.message
      : '';

function intakeWith(parts: Partial<IntakeParts> = {}) {
  const stored: string[] = [];
  const intake = createIntake({
    store: (message) => void stored.push(shown(message)),
    onFull: () => undefined,
    elapsed: () => 0,
    pointsIntervalMs: 5,
    retryMs: 5,
    ...parts,
  });
  const finished = () => new Promise<void>((resolve) => intake.finish(resolve));
  return { stored, intake, finished };
}

const full = (): never => {
  throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
};

describe('messages of a trainer', () => {
  it('are stored in order; points that come too fast are joined', async () => {
    const { stored, intake, finished } = intakeWith();
    intake.receive(points(1));
    for (const step of [2, 3, 4]) intake.receive(points(step));
    expect(stored).toEqual(['1']);
    intake.receive(log('a'));
    expect(stored).toEqual(['1', '2,3,4', 'a']);
    intake.receive(points(5));
    await finished();
    expect(stored).toEqual(['1', '2,3,4', 'a', '5']);
  });

  it('are stored without a further message when the interval is over', async () => {
    const stored: string[] = [];
    await new Promise<void>((resolve) => {
      const { intake } = intakeWith({
        elapsed: () => performance.now(),
        store: (message) => {
          stored.push(shown(message));
          if (stored.length === 2) resolve();
        },
      });
      intake.receive(points(1));
      intake.receive(points(2));
    });
    expect(stored).toEqual(['1', '2']);
  });

  it('wait while the disk is full, and none is lost, doubled or swapped', async () => {
    const kept: string[] = [];
    let failures = 3;
    let told = 0;
    const { intake, finished } = intakeWith({
      store: (message) => (failures-- > 0 ? full() : void kept.push(shown(message))),
      onFull: () => told++,
    });
    intake.receive(points(1));
    intake.receive(points(2));
    intake.receive(log('a'));
    intake.receive(points(3));
    expect(kept).toEqual([]);
    await finished();
    expect(kept).toEqual(['1,2', 'a', '3']);
    expect(told).toBe(3);
  });

  it('let the end itself wait for space', async () => {
    let failures = 2;
    const { intake } = intakeWith();
    await new Promise<void>((resolve) => intake.finish(() => (failures-- > 0 ? full() : resolve())));
    expect(failures).toBe(-1);
  });

  it('pass every other error on', () => {
    const { intake } = intakeWith({
      store: () => {
        throw new Error('a bug');
      },
    });
    expect(() => intake.receive(log('a'))).toThrow('a bug');
  });
});
