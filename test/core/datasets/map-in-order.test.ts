import { expect, it } from 'vitest';
import { mapInOrder } from '../../../src/main/core/datasets/map-in-order.ts';

it('gives results in order, with at most so many under way', async () => {
  let underWay = 0;
  let most = 0;
  const results: number[] = [];
  const work = async (item: number): Promise<number> => {
    underWay += 1;
    most = Math.max(most, underWay);
    for (let turn = 0; turn < (item * 7) % 5; turn++) await Promise.resolve();
    underWay -= 1;
    return item * 2;
  };
  for await (const result of mapInOrder([1, 2, 3, 4, 5, 6, 7], 3, work)) results.push(result);
  expect(results).toEqual([2, 4, 6, 8, 10, 12, 14]);
  expect(most).toBe(3);
});

it('waits for what is under way when one fails, and starts nothing more', async () => {
  const started: number[] = [];
  const ended: number[] = [];
  const work = async (item: number): Promise<number> => {
    started.push(item);
    await Promise.resolve();
    if (item === 2) throw new Error('two');
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    ended.push(item);
    return item;
  };
  const all = async () => {
    for await (const _ of mapInOrder([1, 2, 3, 4, 5, 6], 3, work));
  };
  await expect(all()).rejects.toThrow('two');
  expect(started).toEqual([1, 2, 3, 4]);
  expect(ended).toEqual([1, 3, 4]);
});
