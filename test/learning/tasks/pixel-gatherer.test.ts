import { describe, expect, it } from 'vitest';
import { createPixelGatherer } from '../../../src/main/learning/tasks/pixel-gatherer.ts';

const gathered = (
  pixels: number[],
  layout: { width: number; height: number; channels: number },
  turns: number,
  example = 0,
) => {
  const size = layout.width * layout.height * layout.channels;
  const target = new Float32Array(size + 2).fill(-1);
  createPixelGatherer(Uint8Array.from(pixels), { ...layout, polarity: 'photo' }).copyImage(
    example,
    turns,
    null,
    target,
    1,
  );
  expect([target[0], target.at(-1)]).toEqual([-1, -1]); // nothing beside the image is touched
  return [...target.slice(1, -1)].map((value) => Math.round(value * 255));
};

describe('pixels', () => {
  const grey = { width: 2, height: 2, channels: 1 };

  it('of drawings are inverted, so that ink is 1; photos are not', () => {
    const target = new Float32Array(4);
    createPixelGatherer(Uint8Array.of(0, 255, 51, 204), { ...grey, polarity: 'ink-dark' }).copyImage(
      0,
      0,
      null,
      target,
      0,
    );
    expect([...target]).toEqual([1, 0, expect.closeTo(0.8, 6), expect.closeTo(0.2, 6)]);
    expect(gathered([0, 255, 51, 204], grey, 0)).toEqual([0, 255, 51, 204]);
  });

  it('are those of the asked example', () => {
    expect(gathered([9, 9, 9, 9, 1, 2, 3, 4], grey, 0, 1)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    [0, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [1, [3, 6, 9, 2, 5, 8, 1, 4, 7]],
    [2, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
    [3, [7, 4, 1, 8, 5, 2, 9, 6, 3]],
  ])('turn counter-clockwise %d times', (turns, expected) => {
    expect(gathered([1, 2, 3, 4, 5, 6, 7, 8, 9], { width: 3, height: 3, channels: 1 }, turns)).toEqual(expected);
  });

  it('keep their channels together when turned', () => {
    expect(gathered([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], { width: 2, height: 2, channels: 3 }, 1)).toEqual([
      4, 5, 6, 10, 11, 12, 1, 2, 3, 7, 8, 9,
    ]);
  });

  it('change after they turned', () => {
    const layout = { width: 3, height: 3, channels: 1, polarity: 'photo' } as const;
    const target = new Float32Array(9);
    const change = { right: 1, down: 0, mirrored: 'no', degrees: 0 } as const;
    createPixelGatherer(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), layout).copyImage(0, 1, change, target, 0);
    expect([...target].map((value) => Math.round(value * 255))).toEqual([3, 3, 6, 2, 2, 5, 1, 1, 4]);
  });

  it('of images that are not square turn by half', () => {
    expect(gathered([1, 2, 3, 4, 5, 6], { width: 3, height: 2, channels: 1 }, 2)).toEqual([6, 5, 4, 3, 2, 1]);
  });
});
