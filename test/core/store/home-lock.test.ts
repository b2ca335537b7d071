import { existsSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ownerOf, takeHome } from '../../../src/main/core/store/home-lock.ts';
import { InnerloopError } from '../../../src/shared/contract/errors.ts';
import { temporaryHome } from './store-for-test.ts';

it('lets one process at a time have a data folder, and names the one that has it', () => {
  const layout = temporaryHome();
  const lock = takeHome(layout, 4711, 5);
  expect(ownerOf(layout)).toEqual({ pid: 4711, since: 5 });
  const refused = (() => {
    try {
      return takeHome(layout, 4712, 6);
    } catch (error) {
      return error;
    }
  })();
  expect(refused).toBeInstanceOf(InnerloopError);
  expect(refused).toMatchObject({ code: 'home-in-use', message: expect.stringMatching(/in use by process 4711/) });
  lock.release();
  expect(existsSync(layout.owner)).toBe(false);
  takeHome(layout, 4712, 7).release();
});

it('is not stopped by what a killed process left', () => {
  const layout = temporaryHome();
  takeHome(layout, 1, 1).release();
  writeFileSync(layout.owner, '{"pid": 1, "sin'); // half written
  expect(ownerOf(layout)).toBeNull();
  takeHome(layout, 2, 2).release();
});
