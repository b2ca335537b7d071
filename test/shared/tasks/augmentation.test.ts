import { describe, expect, it } from 'vitest';
import { changeImage, type ImageChange } from '../../../src/shared/tasks/augmentation.ts';

const still: ImageChange = { right: 0, down: 0, mirrored: 'no', degrees: 0 };

function changed(image: readonly number[], width: number, change: Partial<ImageChange>, channels = 1): number[] {
  const height = image.length / width / channels;
  const target = new Float32Array(image.length + 2).fill(-1);
  changeImage(Float32Array.from(image), { width, height, channels }, { ...still, ...change }, target, 1);
  expect([target[0], target.at(-1)]).toEqual([-1, -1]); // nothing beside the image is touched
  return [...target.slice(1, -1)];
}

const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('a changed image', () => {
  it('is the same to the bit where nothing changes', () => {
    expect(changed(nine, 3, {})).toEqual(nine);
    expect(changed([1, 2, 3, 4, 5, 6, 7, 8], 4, { degrees: -0 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('moves by whole pixels, and the edge fills what comes in', () => {
    expect(changed(nine, 3, { right: 1 })).toEqual([1, 1, 2, 4, 4, 5, 7, 7, 8]);
    expect(changed(nine, 3, { down: -2 })).toEqual([7, 8, 9, 7, 8, 9, 7, 8, 9]);
    expect(changed(nine, 3, { right: -9 })).toEqual([3, 3, 3, 6, 6, 6, 9, 9, 9]);
  });

  it('is mirrored left to right', () => {
    expect(changed([1, 2, 3, 4, 5, 6], 3, { mirrored: 'yes' })).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it('turns counter-clockwise about its middle', () => {
    const turned = changed(nine, 3, { degrees: 90 }).map((value) => Math.round(value * 1e4) / 1e4);
    expect(turned).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7]);
  });

  it('is read between the pixels by small turns', () => {
    const edge = [0, 0, 0, 0, 0, 1, 1, 1, 1];
    const turned = changed(edge, 3, { degrees: 10 });
    expect(turned[4]).toBeCloseTo(0, 6); // the middle stays
    expect(turned.some((value) => value > 0.01 && value < 0.99)).toBe(true);
    expect(turned.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('keeps its channels together', () => {
    expect(changed([1, 2, 3, 4, 5, 6], 2, { mirrored: 'yes' }, 3)).toEqual([4, 5, 6, 1, 2, 3]);
  });

  it('is mirrored before it moves', () => {
    expect(changed([1, 2, 3], 3, { mirrored: 'yes', right: 1 })).toEqual([3, 3, 2]);
  });
});
