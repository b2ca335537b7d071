import type { FromTrainer } from '../../shared/contract/trainer.ts';

type Points = Extract<FromTrainer, { readonly type: 'points' }>['points'];

/** Points that wait to be reported together, by key and in step order. */
export interface PointBatch {
  add(key: string, step: number, value: number): void;
  isEmpty(): boolean;
  /** Everything since the last call. */
  take(): Points;
}

export function createPointBatch(): PointBatch {
  let points: Points = {};
  return {
    add: (key, step, value) => {
      points[key] ??= [];
      points[key].push([step, value]);
    },
    isEmpty: () => Object.keys(points).length === 0,
    take: () => {
      const taken = points;
      points = {};
      return taken;
    },
  };
}
